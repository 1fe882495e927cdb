import type { Block } from '../wire/index.ts'
import type { Rejection } from './rejection.ts'

const HASH_PAIR_BYTES = 64

/**
 * Of a block without a coinbase, what looks like a transaction may be two hashes of the tree that an honest block of this
 * hash has: then the refusal is of these bytes alone. [CVE-2017-12842, Core IsBlockMutated]
 */
export function asDisguise({ transactions }: Block, rejection: Rejection | undefined): Rejection | undefined {
  if (rejection?.reason !== 'bad-cb-missing') return rejection
  const isDisguise = transactions.some(({ strippedSize }) => strippedSize === HASH_PAIR_BYTES)
  return isDisguise ? { ...rejection, class: 'mutated' } : rejection
}
