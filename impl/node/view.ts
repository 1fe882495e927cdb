import { encodePool } from '../mempool/index.ts'
import { type BlockTemplate, createTemplate, type TemplateOptions } from '../mining/index.ts'
import { hashFromHex, hashToHex } from '../wire/index.ts'
import type { NodeCore } from './core.ts'

/** How much a node has of a block. `valid`: its spending was judged once. */
export type BlockStatus = 'unknown' | 'header' | 'stored' | 'valid' | 'invalid'

/** Questions that may be asked between two steps; none changes anything. Hashes are hex as people write them. */
export class NodeView {
  readonly #core: NodeCore

  constructor(core: NodeCore) {
    this.#core = core
  }

  get chain(): NodeCore['chain'] {
    return this.#core.chain
  }

  get pool(): NodeCore['mempool'] {
    return this.#core.mempool
  }

  get network(): NodeCore['network']['view'] {
    return this.#core.network.view
  }

  get filters(): NodeCore['indexes']['filters'] {
    return this.#core.indexes.filters
  }

  get transactions(): NodeCore['indexes']['transactions'] {
    return this.#core.indexes.transactions
  }

  get spenders(): NodeCore['indexes']['spenders'] {
    return this.#core.indexes.spenders
  }

  get book(): NodeCore['indexes']['book'] {
    return this.#core.indexes.book
  }

  get crypto(): NodeCore['crypto'] {
    return this.#core.crypto
  }

  /** No move of the chain is outstanding. */
  get isAtRest(): boolean {
    return this.#core.isAtRest
  }

  tip(): { hash: string; height: number; chainWork: bigint } {
    const { hash, height, chainWork } = this.#core.chain.tip
    return { hash: hashToHex(hash), height, chainWork }
  }

  /** Sum of the hashes of all unspent coins, 64 hex digits, most significant first. */
  coinDigest(): string {
    return hashToHex(this.#core.chain.coinDigest())
  }

  /** The same, counted over all coins as they are read now. Throws StoreError where one is damaged. */
  recountedCoinDigest(): string {
    return hashToHex(this.#core.chain.recountedCoinDigest())
  }

  coinCount(): number {
    return this.#core.chain.coinCount
  }

  /** Sats in unspent outputs of exactly this script. */
  balanceOf(script: Uint8Array): bigint {
    return this.#core.chain.coins.balanceOf(script)
  }

  /** Ids of the transactions in the pool, earliest arrival first. */
  mempool(): string[] {
    const ids: string[] = []
    for (const { transaction } of this.#core.pool.entries()) ids.push(hashToHex(transaction.txid))
    return ids
  }

  /** The pool as a file, which the event `restorePool` takes in again. */
  savedPool(): Uint8Array {
    const { unbroadcast } = this.network
    return encodePool(this.#core.pool, (key) => unbroadcast.has(key))
  }

  /** Unix seconds. */
  medianTimePast(): number {
    return this.#core.chain.medianTimePast
  }

  status(hash: string): BlockStatus {
    const bytes = hashFromHex(hash)
    const node = bytes === undefined ? undefined : this.#core.chain.node(bytes)
    if (node === undefined) return 'unknown'
    if (node.isFailed) return 'invalid'
    if (node.undo !== undefined || node.height === 0) return 'valid'
    return node.data === undefined ? 'header' : 'stored'
  }

  /** What a miner would work on at this Unix time in seconds; nothing while the chain is on the move. */
  template(now: number, options?: TemplateOptions): BlockTemplate | undefined {
    const { chain, pool, isAtRest } = this.#core
    return isAtRest ? createTemplate(chain, pool, now, options) : undefined
  }

  peerCount(): number {
    return this.#core.network.peerCount
  }

  /** Whether so much of a peer waits to be worked off that its socket should not be read for now. [Core fPauseRecv] */
  isReceivePaused(peer: number): boolean {
    return this.#core.network.isReceivePaused(peer)
  }

  /** Whether a peer at this address, whatever its port and spelling, broke the protocol; such peers are the first to be refused. */
  isDiscouraged(address: string): boolean {
    return this.#core.network.isDiscouraged(address)
  }
}
