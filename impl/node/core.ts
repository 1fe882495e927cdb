import type { BlockNode, Chainstate } from '../chainstate/index.ts'
import { FilterIndex } from '../filters/index.ts'
import { type ChainIndex, SpenderIndex, TransactionIndex } from '../indexes/index.ts'
import { BookIndex } from '../ledger/index.ts'
import { Mempool } from '../mempool/index.ts'
import { Network, type Peer, type PeerHost, type TransactionFate } from '../peers/index.ts'
import {
  type BlockVerdict,
  decodeBlock,
  decodeHeader,
  decodeTransaction,
  isRejection,
  type Rejection,
  rejectLine,
} from '../validation/index.ts'
import { type Block, hashFromHex, type Transaction } from '../wire/index.ts'
import { peerOptionsFor, policyFor } from './defaults.ts'
import { Effects } from './effects.ts'
import { Judgements, type Waiting } from './judgements.ts'
import { fateOf, verdictOf } from './outcomes.ts'
import { restorePool } from './restore-pool.ts'
import type { NodeSetup } from './setup.ts'
import type { NodeEffect, NodeEvent, Overruling } from './types.ts'

/** Messages worked off in one step, so that no step takes long. */
const MESSAGES_PER_STEP = 64

/** Once so much was sent in a step the next messages wait, so that the world outside can say that a peer does not read. */
const SENT_BYTES_PER_STEP = 1_000_000

/**
 * Joins chain, pool and peers. One event at a time: what it asks for is done at once, unless the chain has moves left
 * to make; then everything else waits, in order, while `continue` makes one move per step.
 */
export class NodeCore implements PeerHost {
  readonly chain: Chainstate
  readonly mempool: Mempool
  readonly network: Network
  readonly filters: FilterIndex | undefined
  readonly transactions: TransactionIndex | undefined
  readonly spenders: SpenderIndex | undefined
  readonly book: BookIndex | undefined
  readonly #indexes: readonly ChainIndex[]
  readonly crypto: NodeSetup['crypto']
  readonly #setup: NodeSetup
  readonly #judgements: Judgements
  /** Unconfirmed transactions submitted while the chain is on the move. */
  readonly #held: { transaction: Transaction; tag: string | undefined }[] = []
  readonly #effects = new Effects()
  #now = 0
  #moved = false

  constructor(chainstate: Chainstate, setup: NodeSetup) {
    this.chain = chainstate
    this.crypto = setup.crypto
    this.#setup = setup
    this.#judgements = new Judgements(chainstate.tip.chainWork)
    this.mempool = new Mempool(chainstate, setup.checks, policyFor(setup.chain, setup.policy))
    const options = peerOptionsFor(setup.chain, setup.peers)
    const { store, indexes = {} } = setup
    const withFilters = options.blockFilters || indexes.filters === true
    this.filters = withFilters ? new FilterIndex(chainstate, store, setup.crypto) : undefined
    this.transactions = indexes.transactions === true ? new TransactionIndex(chainstate, store) : undefined
    this.spenders = indexes.spenders === true ? new SpenderIndex(chainstate, store) : undefined
    this.book = indexes.ledger === true ? new BookIndex(chainstate, store) : undefined
    this.#indexes = [this.transactions, this.spenders, this.book].filter((index) => index !== undefined)
    this.network = new Network(this, options)
    chainstate.listen({
      connected: (block) => this.#blockConnected(block),
      disconnected: (block) => this.#blockDisconnected(block),
      failed: (node, rejection) => this.#blockFailed(node, rejection),
    })
  }

  /** No move of the chain is outstanding, and the pool is in step with it. */
  get isAtRest(): boolean {
    return !this.#moved && !this.chain.hasWork
  }

  step(event: NodeEvent, nowMs: number): readonly NodeEffect[] {
    this.#now = nowMs
    this.#dispatch(event)
    this.#work()
    if (this.chain.hasWork || this.network.hasWork || this.#lateIndex !== undefined)
      this.#effects.askToContinue()
    this.#effects.askToWake(this.network.nextAt())
    return this.#effects.take()
  }

  #dispatch(event: NodeEvent) {
    const { network } = this
    switch (event.kind) {
      case 'start':
        return
      case 'connected':
        return network.connected(
          event.peer,
          event.inbound,
          event.address,
          event.trusted === true,
          this.#now,
          event.purpose,
        )
      case 'received':
        return network.received(event.peer, event.bytes, this.#now)
      case 'disconnected':
        return network.disconnected(event.peer, this.#now)
      case 'congested':
        return network.congested(event.peer, event.isCongested)
      case 'wake':
        return this.#effects.woken()
      case 'continue':
        return this.#effects.continued()
      case 'submitHeader':
        return this.#submitHeader(event.bytes, event.tag)
      case 'submitBlock':
        return this.#submitBlock(event.bytes, event.tag)
      case 'submitTransaction':
        return this.#submitTransaction(event.bytes, event.tag)
      case 'restorePool':
        return restorePool(event.bytes, this, this.#now)
      case 'invalidate':
      case 'reconsider':
      case 'precious':
        return this.#overrule(event)
      case 'stop':
        this.chain.flush()
        return
    }
  }

  /** At most one move of the chain; messages only while it is at rest. */
  #work(): void {
    if (this.chain.hasWork) {
      this.#move()
      if (this.chain.hasWork) return
    }
    if (this.#moved) this.#settle()
    if (this.#now >= this.network.nextAt()) this.network.tick(this.#now)
    const isSpent = () => this.#effects.sentBytes >= SENT_BYTES_PER_STEP
    for (let done = 0; this.network.hasWork && done < MESSAGES_PER_STEP && !isSpent(); done++) {
      this.network.work(this.#now)
      if (this.chain.hasWork) {
        this.#move()
        if (this.chain.hasWork) return
      }
      if (this.#moved) this.#settle()
    }
    if (!this.network.hasWork) this.#lateIndex?.advance()
  }

  get #lateIndex(): ChainIndex | undefined {
    return this.#indexes.find(({ isBehind }) => isBehind)
  }

  #move(): void {
    this.chain.connectNext()
    this.#moved = true
    this.#tellFates(false)
  }

  /** The chain has come to rest: the pool and the peers catch up with it. */
  #settle(): void {
    this.#moved = false
    this.mempool.settle(this.#seconds)
    this.#tellFates(true)
    this.network.tipSettled(this.#now)
    for (const { transaction, tag } of this.#held.splice(0)) this.#judgeTransaction(transaction, tag)
  }

  #tellFates(isAtRest: boolean): void {
    for (const { waiting, verdict } of this.#judgements.take(this.chain, isAtRest)) {
      this.#effects.judged('block', waiting, verdict)
      if (waiting.peer !== undefined)
        this.network.blockJudged(waiting.peer, verdict, waiting.isRebuilt === true, this.#now)
    }
  }

  #submitHeader(bytes: Uint8Array, tag: string | undefined) {
    const header = decodeHeader(bytes, this.crypto)
    if (isRejection(header)) return this.#effects.judged('header', { hash: NO_HASH, ...tagged(tag) }, header)
    this.#effects.judged(
      'header',
      { hash: header.hash, ...tagged(tag) },
      this.chain.acceptHeader(header, this.#seconds),
    )
  }

  #submitBlock(bytes: Uint8Array, tag: string | undefined) {
    const block = decodeBlock(bytes, this.crypto)
    if (isRejection(block)) return this.#effects.judged('block', { hash: NO_HASH, ...tagged(tag) }, block)
    this.#takeBlock(block, { hash: block.hash, ...tagged(tag) })
  }

  #takeBlock(block: Block, waiting: Waiting): BlockVerdict {
    const verdict = this.chain.acceptBlock(block, this.#seconds)
    if (verdict.outcome === 'stored') {
      this.#judgements.wait(waiting)
      this.#moved = true
    } else {
      this.#effects.judged('block', waiting, verdict)
    }
    return verdict
  }

  #submitTransaction(bytes: Uint8Array, tag: string | undefined) {
    const transaction = decodeTransaction(bytes, this.crypto)
    if (isRejection(transaction))
      return this.#effects.judged('transaction', { hash: NO_HASH, ...tagged(tag) }, transaction)
    if (!this.isAtRest) this.#held.push({ transaction, tag })
    else this.#judgeTransaction(transaction, tag)
  }

  #judgeTransaction(transaction: Transaction, tag: string | undefined): void {
    const outcome = this.mempool.accept(transaction, this.#seconds)
    this.#effects.judged('transaction', { hash: transaction.txid, ...tagged(tag) }, verdictOf(outcome))
    if (outcome.kind === 'accepted') this.network.transactionAccepted(outcome.entry, this.#now)
  }

  #overrule({ kind, hash: hex }: Overruling): void {
    const hash = hashFromHex(hex)
    if (hash === undefined || !this.chain[kind](hash)) {
      this.log('warning', `cannot ${kind} ${hex}: no such block`)
      return
    }
    this.#moved = true
  }

  #blockConnected(block: Block): void {
    this.mempool.blockConnected(block, this.#seconds)
    this.network.blockConnected(block)
    this.#effects.tip(this.chain.tip)
  }

  #blockDisconnected(block: Block): void {
    this.mempool.blockDisconnected(block)
    this.network.blockDisconnected()
    this.#effects.tip(this.chain.tip)
  }

  /** The peer that sent a block is to blame, also when it was kept on a branch long before it failed. [Core mapBlockSource] */
  #blockFailed({ hash }: BlockNode, rejection: Rejection): void {
    this.mempool.connectionFailed()
    this.log('error', `Block validation error: ${rejectLine(rejection)}`)
    const { peer, isRebuilt = false } = this.#judgements.keptFrom(hash) ?? {}
    if (peer !== undefined) this.network.blockJudged(peer, rejection, isRebuilt, this.#now)
  }

  get #seconds(): number {
    return Math.floor(this.#now / 1000)
  }

  // What the peers' logic asks for.

  get parameters() {
    return this.#setup.chain
  }

  get hasher() {
    return this.crypto
  }

  get pool() {
    return this.mempool.pool
  }

  entropy(): number {
    return this.#setup.entropy()
  }

  send(peer: Peer, bytes: Uint8Array): void {
    this.#effects.send(peer.id, bytes)
  }

  closed(peer: Peer, reason: string): void {
    this.#effects.disconnect(peer.id, reason)
  }

  log(level: 'debug' | 'info' | 'warning' | 'error', message: string): void {
    this.#effects.log(level, message)
  }

  headerJudged(hash: Uint8Array, verdict: BlockVerdict, peer: number): void {
    this.#effects.judged('header', { hash, peer }, verdict)
  }

  deliverBlock(block: Block, peer: number, isRebuilt: boolean): BlockVerdict {
    const verdict = this.#takeBlock(block, { hash: block.hash, peer, isRebuilt })
    if (verdict.outcome !== 'stored') this.network.blockJudged(peer, verdict, isRebuilt, this.#now)
    return verdict
  }

  deliverTransaction(transaction: Transaction, peer: number): TransactionFate {
    const outcome = this.mempool.accept(transaction, this.#seconds)
    this.#effects.judged('transaction', { hash: transaction.txid, peer }, verdictOf(outcome))
    if (outcome.kind === 'accepted') this.network.transactionAccepted(outcome.entry, this.#now)
    return fateOf(outcome)
  }

  feeFloor(): number {
    return this.mempool.feeRate(this.#seconds)
  }
}

/** Stands for the hash of bytes that are no item. */
const NO_HASH = new Uint8Array(32)

function tagged(tag: string | undefined): { tag?: string } {
  return tag === undefined ? {} : { tag }
}
