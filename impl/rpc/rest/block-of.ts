import type { BlockNode } from '../../chainstate/index.ts'
import type { Block } from '../../wire/index.ts'
import type { RpcNode } from '../node.ts'
import { hashIn, notFound } from './route.ts'

/** The block that a path names. Throws RestError. */
export function blockOf(word: string | undefined, { view }: RpcNode): { node: BlockNode; block: Block } {
  const { chain } = view
  const node = chain.node(hashIn(word))
  if (node === undefined) throw notFound(`${word} not found`)
  const block = node.height === 0 ? chain.chain.genesis : chain.block(node)
  if (block === undefined) throw notFound(`${word} not available (not fully downloaded)`)
  return { node, block }
}
