import { bytesToHex } from '@noble/hashes/utils.js'
import type { HashHex, Verdict } from '../../ports/index.ts'
import { TargetError } from '../abstention.ts'
import type { DaemonRpc } from './methods.ts'
import { type ReasonMap, transactionRejection } from './reasons.ts'

/** Unconfirmed transactions, handed to a daemon by its operator. */
export interface PoolJudge {
  judge(transaction: Uint8Array): Verdict
  /** What it holds now. */
  pool(): readonly HashHex[]
  /**
   * Blocks left the active chain, and perhaps came back: those from these tips down to it. Of what they hold, and of what
   * was unconfirmed before, whatever is not in the pool now: left out by policy, or for resting on that, or the one thing in
   * which Core's pool differs from the specification's after a reorganisation.
   */
  reorganised(tips: readonly HashHex[], before: readonly HashHex[]): void
  /** Whether nothing is said about the transaction of this id. */
  abstainsFrom(txid: HashHex): boolean
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
  readonly txid: HashHex
  readonly version: number
  readonly vin: readonly { readonly txid?: HashHex; readonly vout?: number; readonly sequence: number }[]
}

/** A transaction, and its bytes in hex. */
type Seen = Decoded & { readonly hex: string }

/**
 * The pool of a daemon is partly policy, of which the specification says nothing: replacement by fee, sizes, scripts that
 * are only discouraged. There the verdict is `unknown`, and so it is for whatever rests upon such a transaction.
 */
export function createPoolJudge(rpc: DaemonRpc, reasons: ReasonMap): PoolJudge {
  /** Transactions about which nothing was said, and the outputs that they spend. */
  const skipped = new Set<string>()
  /** Everything that was ever unconfirmed here. */
  const seen = new Map<HashHex, Seen>()

  return {
    judge(transaction) {
      const hex = bytesToHex(transaction)
      const decoded = rpc.call('decoderawtransaction', hex, true)
      if ('error' in decoded) {
        if (decoded.error.code !== UNDECODABLE) throw new TargetError(decoded.error.message)
        return transactionRejection('TX decode failed', reasons)
      }
      const item = { ...(decoded.result as Decoded), hex }
      seen.set(item.txid, item)
      const verdict = verdictOn(item)
      if (verdict.outcome === 'unknown') leaveOut(item)
      return verdict
    },
    pool,
    reorganised: noteReorganisation,
    abstainsFrom: (txid) => skipped.has(txid) || (seen.get(txid)?.vin.some(restsOnSkipped) ?? false),
  }

  function pool(): readonly HashHex[] {
    return rpc.ask('getrawmempool') as HashHex[]
  }

  function leaveOut({ txid, vin }: Decoded): void {
    skipped.add(txid)
    for (const input of vin) skipped.add(`${input.txid}:${input.vout}`)
  }

  function restsOnSkipped({ txid, vout }: Decoded['vin'][number]): boolean {
    return skipped.has(txid ?? '') || skipped.has(`${txid}:${vout}`)
  }

  function verdictOn({ hex, txid, vin }: Seen): Verdict {
    if (skipped.has(txid) || vin.some(restsOnSkipped))
      return unknown('it has to do with a transaction that is a matter of policy')
    const reason = refusalOf(hex)
    if (reason !== undefined && HELD.has(reason)) return { outcome: 'duplicate', reason }
    if (vin.some(isSpentInPool)) return unknown('a conflict in the pool is settled by fee')
    if (reason !== undefined) return transactionRejection(reason, reasons)
    rpc.ask('sendrawtransaction', hex, 0, BURN_MAX_COINS)
    return { outcome: 'accepted' }
  }

  /** Why the pool would not take it; undefined where it would. */
  function refusalOf(hex: string): string | undefined {
    const [tried] = rpc.ask('testmempoolaccept', [hex], 0) as [{ allowed: boolean; 'reject-reason'?: string }]
    return tried.allowed ? undefined : (tried['reject-reason'] ?? 'no reason')
  }

  function isSpentInPool({ txid, vout }: Decoded['vin'][number]): boolean {
    if (txid === undefined || vout === undefined || vout > 0x7fffffff) return false
    const [spent] = rpc.ask('gettxspendingprevout', [{ txid, vout }]) as [{ spendingtxid?: string }]
    return spent.spendingtxid !== undefined
  }

  function noteReorganisation(tips: readonly HashHex[], before: readonly HashHex[]): void {
    const after = new Set(pool())
    const candidates = [...tips.flatMap(transactionsAbove), ...before.flatMap((txid) => seen.get(txid) ?? [])]
    const names = new Set([...after, ...candidates.map(({ txid }) => txid)])
    let missing = candidates.filter(({ txid }) => !after.has(txid))
    // A child may stand before its parent.
    for (let left = missing.length + 1; missing.length < left; ) {
      left = missing.length
      missing = missing.filter((item) => {
        const isPolicy = item.vin.some(restsOnSkipped) || wasDropped(item, names) || isRefusedByPolicy(item)
        if (isPolicy) leaveOut(item)
        return !isPolicy
      })
    }
  }

  function isRefusedByPolicy({ hex }: Seen): boolean {
    const reason = refusalOf(hex)
    return (
      reason !== undefined && !HELD.has(reason) && transactionRejection(reason, reasons).outcome === 'unknown'
    )
  }

  /**
   * The transactions of the blocks from this one down to the active chain, oldest first, coinbases left out. A block of
   * which only the header came was never connected.
   */
  function transactionsAbove(tip: HashHex): readonly Seen[] {
    const blocks: (readonly Seen[])[] = []
    for (let hash = tip; rpc.placeOf(hash) !== 'active'; ) {
      if (!rpc.holds(hash)) {
        hash = rpc.parentOf(hash)
        continue
      }
      const block = rpc.ask('getblock', hash, 2) as { tx: readonly Seen[]; previousblockhash: HashHex }
      for (const item of block.tx.slice(1)) seen.set(item.txid, item)
      blocks.unshift(block.tx.slice(1))
      hash = block.previousblockhash
    }
    return blocks.flat()
  }
}

/** The lowest bit that switches a relative lock off, and the least version that has one. [BIP68] */
const LOCK_DISABLED = 0x80000000
const LOCKS_FROM_VERSION = 2

/**
 * Core keeps what it computed of relative locks when a transaction came in, for the parent's height that was expected
 * then: after the tip has gone down, a unconfirmed child whose sequence is enabled looks too early, and is dropped with all that
 * rests on it. The specification computes again, and keeps it. [Core MaybeUpdateMempoolForReorg, TestLockPointValidity]
 */
function wasDropped({ version, vin }: Decoded, unconfirmed: ReadonlySet<HashHex>): boolean {
  return (
    version >>> 0 >= LOCKS_FROM_VERSION &&
    vin.some(({ txid, sequence }) => sequence < LOCK_DISABLED && unconfirmed.has(txid ?? ''))
  )
}

function unknown(why: string): Verdict {
  return { outcome: 'unknown', reason: `policy: ${why}` }
}
