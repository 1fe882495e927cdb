import type { VectorVerdict } from '../format.ts'

/**
 * Core once discouraged the lock-time checks where they were not enforced; rows about that ask for what no version does
 * any more.
 */
export function asksForDiscouragedLocks(scriptPubKey: string): boolean {
  return /\b(CHECK(LOCKTIME|SEQUENCE)VERIFY|NOP[23])\b/.test(scriptPubKey)
}

/** Until BIP66 an empty signature was no proper encoding; now it is the proper way to fail. */
export function asksForFullSignatures(scriptSig: string, scriptPubKey: string): boolean {
  return / 0$/.test(scriptSig) && / CHECKMULTISIG NOT$/.test(scriptPubKey)
}

export const GIVEN_UP: VectorVerdict = { skip: 'no version of Core does any more what it asks for' }
