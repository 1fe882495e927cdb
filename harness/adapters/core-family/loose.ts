import { bytesToHex } from '@noble/hashes/utils.js'
import type { Verdict } from '../../ports/index.ts'
import { TargetError } from '../abstention.ts'
import type { DaemonRpc } from './methods.ts'
import { type ReasonMap, transactionRejection } from './reasons.ts'

/** Loose transactions, handed to a daemon by its operator. */
export interface LooseJudge {
  judge(transaction: Uint8Array): Verdict
  /** The chain was reorganised: what the pool took back is its own policy. */
  reorganised(): void
}

/** RPC_DESERIALIZATION_ERROR. [Core rpc/protocol.h] */
const UNDECODABLE = -22
/** More than there is, so that no output burns too much. */
const BURN_MAX_COINS = 21_000_000

const HELD: ReadonlySet<string> = new Set([
  'txn-already-in-mempool',
  'txn-already-known',
  'txn-same-nonwitness-data-in-mempool',
])

interface Decoded {
  readonly txid: string
  readonly vin: readonly { readonly txid?: string; readonly vout?: number }[]
}

/**
 * The pool of a daemon is partly policy, of which the specification says nothing: replacement by fee, sizes, what comes
 * back after a reorganisation. There the verdict is `unknown`, and so it is for whatever rests upon such a transaction.
 */
export function createLooseJudge(rpc: DaemonRpc, reasons: ReasonMap): LooseJudge {
  /** Transactions about which nothing was said, and the outputs that they spend. */
  const unsaid = new Set<string>()
  let isReorganised = false

  return {
    judge(transaction) {
      const hex = bytesToHex(transaction)
      const decoded = rpc.call('decoderawtransaction', hex, true)
      if ('error' in decoded) {
        if (decoded.error.code !== UNDECODABLE) throw new TargetError(decoded.error.message)
        return transactionRejection('TX decode failed', reasons)
      }
      const { txid, vin } = decoded.result as Decoded
      const verdict = verdictOn(hex, txid, vin)
      if (verdict.outcome !== 'unknown') return verdict
      unsaid.add(txid)
      for (const input of vin) unsaid.add(`${input.txid}:${input.vout}`)
      return verdict
    },
    reorganised() {
      isReorganised = true
    },
  }

  function verdictOn(hex: string, txid: string, vin: Decoded['vin']): Verdict {
    const restsOnUnsaid = vin.some(
      (input) => unsaid.has(input.txid ?? '') || unsaid.has(`${input.txid}:${input.vout}`),
    )
    if (unsaid.has(txid) || restsOnUnsaid)
      return unknown('it has to do with a transaction that is a matter of policy')
    const [tried] = rpc.ask('testmempoolaccept', [hex], 0) as [{ allowed: boolean; 'reject-reason'?: string }]
    const reason = tried['reject-reason']
    if (reason !== undefined && HELD.has(reason)) return { outcome: 'duplicate', reason }
    if (isReorganised) return unknown('the chain was reorganised')
    if (vin.some(isSpentInPool)) return unknown('a conflict in the pool is settled by fee')
    if (!tried.allowed) return transactionRejection(reason ?? 'no reason', reasons)
    rpc.ask('sendrawtransaction', hex, 0, BURN_MAX_COINS)
    return { outcome: 'accepted' }
  }

  function isSpentInPool({ txid, vout }: Decoded['vin'][number]): boolean {
    if (txid === undefined || vout === undefined || vout > 0x7fffffff) return false
    const [spent] = rpc.ask('gettxspendingprevout', [{ txid, vout }]) as [{ spendingtxid?: string }]
    return spent.spendingtxid !== undefined
  }
}

function unknown(why: string): Verdict {
  return { outcome: 'unknown', reason: `policy: ${why}` }
}
