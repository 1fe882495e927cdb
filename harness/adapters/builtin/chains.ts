import { builtInChain, type ChainParameters, type Crypto, parseChainFile } from '../../../impl/index.ts'
import type { ChainReference } from '../../ports/index.ts'
import { chainLookup } from '../chains.ts'

const known = new Map<ChainReference, ChainParameters>()

/** A chain as the node holds it: its own where it has one of this name, else decoded from the chain file. @throws Error with one line */
export function nodeChain(reference: ChainReference, crypto: Crypto): ChainParameters {
  const before = known.get(reference)
  if (before !== undefined) return before
  const file = typeof reference === 'string' ? chainLookup(reference) : reference
  const own = typeof reference === 'string' ? builtInChain(reference, crypto) : undefined
  if (own === undefined && file === undefined) throw new Error(`no chain is named ${reference}`)
  const chain = own ?? parseChainFile(file, crypto)
  known.set(reference, chain)
  return chain
}
