import { decodeTransaction } from '../encoding/index.ts'
import { UNKNOWN, undecodable } from '../language/index.ts'
import { addToPool, judgeUnconfirmed } from '../mempool/index.ts'
import type { Transaction } from '../vocabulary/index.ts'
import type { Received } from './receive.ts'
import { type ForkState, isSpecified, poolContext } from './state.ts'

/** Judges an unconfirmed transaction for the next block, and keeps it when it is accepted. */
export function receiveTransaction(state: ForkState, item: Uint8Array | Transaction): Received {
  if (!isSpecified(state.chain, state.tip)) return { state, verdict: UNKNOWN }
  const decoded = item instanceof Uint8Array ? decodeTransaction(item) : { ok: true as const, value: item }
  if (!decoded.ok) return { state, verdict: undecodable(decoded.error.problem) }
  const verdict = judgeUnconfirmed(state.pool, decoded.value, poolContext(state))
  if (verdict.outcome !== 'accepted') return { state, verdict }
  return { state: { ...state, pool: addToPool(state.pool, decoded.value, state.tip) }, verdict }
}
