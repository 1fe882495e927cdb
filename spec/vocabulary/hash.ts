import type { Brand } from './brand.ts'

/** A 256-bit hash as people write it: 64 lower-case hex digits, the serialized bytes reversed. */
export type Hash = Brand<string, 'Hash'>

const HASH = /^[0-9a-f]{64}$/

/** Names 64 lower-case hex digits a hash; throws RangeError on anything else. */
export function hash(digits: string): Hash {
  if (!HASH.test(digits)) throw new RangeError(`not a hash: ${digits}`)
  return digits as Hash
}

/** The null hash: it stands for "no transaction" in a coinbase input and for "no parent" in a genesis header. */
export const NULL_HASH: Hash = hash('0'.repeat(64))
