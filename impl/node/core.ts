import type { BlockNode, Chainstate } from '../chainstate/index.ts'
import { Mempool } from '../mempool/index.ts'
import { Network, type Peer, type PeerHost, type TransactionFate } from '../peers/index.ts'
import { type BlockVerdict, type Rejection, rejectLine } from '../validation/index.ts'
import { type Block, hashFromHex, type Transaction } from '../wire/index.ts'
import { peerOptionsFor, policyFor } from './defaults.ts'
import { Effects } from './effects.ts'
import { Indexes } from './indexes.ts'
import { Intake } from './intake.ts'
import { restorePool } from './restore-pool.ts'
import type { NodeSetup } from './setup.ts'
import type { NodeEffect, NodeEvent, OperatorOverride } from './types.ts'

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
  readonly indexes: Indexes
  readonly crypto: NodeSetup['crypto']
  readonly #setup: NodeSetup
  readonly #intake: Intake
  readonly #effects = new Effects()
  #now = 0
  #moved = false

  constructor(chainstate: Chainstate, setup: NodeSetup) {
    this.chain = chainstate
    this.crypto = setup.crypto
    this.#setup = setup
    this.mempool = new Mempool(chainstate, setup.checks, policyFor(setup.chain, setup.policy))
    const options = peerOptionsFor(setup.chain, setup.peers)
    this.indexes = new Indexes(chainstate, setup, options.blockFilters)
    this.network = new Network(this, options)
    const { mempool, network, crypto } = this
    const chainMoves = () => {
      this.#moved = true
    }
    this.#intake = new Intake({ chain: chainstate, mempool, network, crypto, chainMoves }, this.#effects)
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
    if (this.chain.hasWork || this.network.hasWork || this.indexes.behind !== undefined)
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
        return this.#intake.submitHeader(event.bytes, event.tag, this.#now)
      case 'submitBlock':
        return this.#intake.submitBlock(event.bytes, event.tag, this.#now)
      case 'submitTransaction':
        return this.#intake.submitTransaction(event.bytes, event.tag, this.isAtRest, this.#now)
      case 'restorePool':
        return restorePool(event.bytes, this, this.#now)
      case 'invalidate':
      case 'reconsider':
      case 'precious':
        return this.#override(event)
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
    if (!this.network.hasWork) this.indexes.behind?.advance()
  }

  #move(): void {
    this.chain.connectNext()
    this.#moved = true
    this.#intake.reportFates(false, this.#now)
  }

  /** The chain has come to rest: the pool and the peers catch up with it. */
  #settle(): void {
    this.#moved = false
    this.mempool.settle(this.#seconds)
    this.#intake.reportFates(true, this.#now)
    this.network.tipSettled(this.#now)
    this.#intake.judgeHeld(this.#now)
  }

  #override({ kind, hash: hex }: OperatorOverride): void {
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

  #blockFailed({ hash }: BlockNode, rejection: Rejection): void {
    this.mempool.connectionFailed()
    this.log('error', `Block validation error: ${rejectLine(rejection)}`)
    this.#intake.blockFailed(hash, rejection, this.#now)
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

  get filters() {
    return this.indexes.filters
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
    return this.#intake.deliverBlock(block, peer, isRebuilt, this.#now)
  }

  deliverTransaction(transaction: Transaction, peer: number): TransactionFate {
    return this.#intake.deliverTransaction(transaction, peer, this.#now)
  }

  feeFloor(): number {
    return this.mempool.feeRate(this.#seconds)
  }
}
