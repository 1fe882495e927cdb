import type { FilterIndex } from '../../filters/index.ts'
import type { RpcNode } from '../node.ts'
import { badRequest } from './route.ts'

/** The index of filters of a type. Throws RestError where none is kept. */
export function filtersOf(type: string, { view }: RpcNode): FilterIndex {
  if (type !== 'basic') throw badRequest(`Unknown filtertype ${type}`)
  if (view.filters === undefined) throw badRequest(`Index is not enabled for filtertype ${type}`)
  return view.filters
}
