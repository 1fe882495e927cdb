import { type Chain, chainByName, decodeChainFile } from '../../../spec/index.ts'
import type { ChainReference } from '../../ports/index.ts'

const decoded = new WeakMap<object, Chain>()

/** A chain as the specification holds it: the same object for the same reference. @throws Error with one line */
export function specChain(reference: ChainReference): Chain {
  if (typeof reference === 'string') {
    const chain = chainByName(reference)
    if (chain === undefined) throw new Error(`no chain is named ${reference}`)
    return chain
  }
  const known = decoded.get(reference)
  if (known !== undefined) return known
  const result = decodeChainFile(reference)
  if (!result.ok) throw new Error(result.error)
  decoded.set(reference, result.chain)
  return result.chain
}
