/** What the node relays and keeps beyond what blocks may contain. Fee rates are sats per 1,000 virtual bytes. */
export interface MempoolPolicy {
  /** Judge form and fees of outputs, scripts and witnesses by the relay rules. [Core -acceptnonstdtxn] */
  readonly requireStandard: boolean
  /** Judge scripts by Core's standard flags too, beyond those of the next block. */
  readonly strictScripts: boolean
  /** What a transaction that spends a coin spent in the pool may do: pay its way in, or nothing at all. */
  readonly replacement: 'fee' | 'never'
  readonly minRelayFeeRate: number
  /** What a replacement or a return after eviction must add. [Core -incrementalrelayfee] */
  readonly incrementalFeeRate: number
  readonly dustFeeRate: number
  /** Smallest size without witness; 65 keeps transactions from looking like Merkle nodes. [CVE-2017-12842] */
  readonly strippedSizeMin: number
  readonly bytesPerSigop: number
  /** The part of a block's signature operations that one transaction may cost. [Core MAX_STANDARD_TX_SIGOPS_COST] */
  readonly sigopsShareMax: number
  readonly permitBareMultisig: boolean
  /** Bytes of OP_RETURN scripts in one transaction; 0 forbids them. */
  readonly dataCarrierBytesMax: number
  /** Counts include the transaction itself; sizes are virtual bytes. */
  readonly ancestorsMax: number
  readonly ancestorVsizeMax: number
  readonly descendantsMax: number
  readonly descendantVsizeMax: number
  /** Transactions that one replacement may evict. [BIP125 rule 5] */
  readonly evictionsMax: number
  /** Estimated memory of the whole pool in bytes. */
  readonly poolBytesMax: number
  readonly expirySeconds: number
}

/** The relay rules of Bitcoin Core v31, with chain limits in place of clusters. [Core policy/policy.h, kernel/mempool_limits.h] */
export const RELAY_POLICY: MempoolPolicy = {
  requireStandard: true,
  strictScripts: true,
  replacement: 'fee',
  minRelayFeeRate: 100,
  incrementalFeeRate: 100,
  dustFeeRate: 3000,
  strippedSizeMin: 65,
  bytesPerSigop: 20,
  sigopsShareMax: 1 / 5,
  permitBareMultisig: true,
  dataCarrierBytesMax: 100_000,
  ancestorsMax: 25,
  ancestorVsizeMax: 101_000,
  descendantsMax: 25,
  descendantVsizeMax: 101_000,
  evictionsMax: 100,
  poolBytesMax: 300_000_000,
  expirySeconds: 336 * 3600,
}

/** Keeps whatever the next block may contain, first seen first kept: no fees, no form, no chain limits. */
export const CONSENSUS_POLICY: MempoolPolicy = {
  ...RELAY_POLICY,
  requireStandard: false,
  strictScripts: false,
  replacement: 'never',
  minRelayFeeRate: 0,
  incrementalFeeRate: 0,
  strippedSizeMin: 0,
  sigopsShareMax: 1,
  ancestorsMax: 1000,
  ancestorVsizeMax: 1_000_000,
  descendantsMax: 1000,
  descendantVsizeMax: 1_000_000,
}

/** Fee in sats that a rate asks of a size, rounded up. [Core CFeeRate::GetFee] */
export function feeAt(ratePerKvb: number, vsize: number): number {
  return Math.ceil((ratePerKvb * vsize) / 1000)
}
