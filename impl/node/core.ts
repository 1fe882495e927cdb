import type { Chainstate } from '../chainstate/index.ts'
import { FilterIndex } from '../filters/index.ts'
import type { AcceptOutcome } from '../mempool/index.ts'
import { Mempool } from '../mempool/index.ts'
import { Network, type Peer, type PeerHost, type TransactionFate } from '../peers/index.ts'
import {
  type BlockVerdict,
  decodeBlock,
  decodeHeader,
  decodeTransaction,
  isRejection,
} from '../validation/index.ts'
import { type Block, hashFromHex, hashToHex, type Transaction } from '../wire/index.ts'
import { peerOptionsFor, policyFor } from './defaults.ts'
import { Judgements, type Waiting } from './judgements.ts'
import type { NodeSetup } from './setup.ts'
import type { NodeEffect, NodeEvent, Subject } from './types.ts'

/** Messages worked off in one step, so that no step takes long. */
const MESSAGES_PER_STEP = 64

/**
 * Joins chain, pool and peers. One event at a time: what it asks for is done at once, unless the chain has moves left
 * to make; then everything else waits, in order, while `continue` makes one move per step.
 */
export class NodeCore implements PeerHost {
  readonly chain: Chainstate
  readonly mempool: Mempool
  readonly network: Network
  readonly filters: FilterIndex | undefined
  readonly crypto: NodeSetup['crypto']
  readonly #setup: NodeSetup
  readonly #judgements: Judgements
  /** Loose transactions submitted while the chain is on the move. */
  readonly #held: { transaction: Transaction; tag: string | undefined }[] = []
  #effects: NodeEffect[] = []
  #now = 0
  /** When the world was last asked to wake us. */
  #wakeAt = Number.POSITIVE_INFINITY
  #continuing = false
  #moved = false

  constructor(chainstate: Chainstate, setup: NodeSetup) {
    this.chain = chainstate
    this.crypto = setup.crypto
    this.#setup = setup
    this.#judgements = new Judgements(chainstate.tip.chainWork)
    this.mempool = new Mempool(chainstate, setup.checks, policyFor(setup.chain, setup.policy))
    const options = peerOptionsFor(setup.chain, setup.peers)
    this.filters = options.blockFilters ? new FilterIndex(chainstate, setup.store, setup.crypto) : undefined
    this.network = new Network(this, options)
    chainstate.listen({
      connected: (block) => this.#blockConnected(block),
      disconnected: (block) => this.#blockDisconnected(block),
      failed: () => this.mempool.connectionFailed(),
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
    this.#askToContinue()
    this.#askToWake()
    const effects = this.#effects
    this.#effects = []
    return effects
  }

  #dispatch(event: NodeEvent) {
    const { network } = this
    switch (event.kind) {
      case 'start':
        return
      case 'connected':
        return network.connected(event.peer, event.inbound, event.address, event.trusted === true, this.#now)
      case 'received':
        return network.received(event.peer, event.bytes, this.#now)
      case 'disconnected':
        return network.disconnected(event.peer, this.#now)
      case 'congested':
        return network.congested(event.peer, event.isCongested)
      case 'wake':
        this.#wakeAt = Number.POSITIVE_INFINITY
        return
      case 'continue':
        this.#continuing = false
        return
      case 'submitHeader':
        return this.#submitHeader(event.bytes, event.tag)
      case 'submitBlock':
        return this.#submitBlock(event.bytes, event.tag)
      case 'submitTransaction':
        return this.#submitTransaction(event.bytes, event.tag)
      case 'invalidate':
      case 'reconsider':
        return this.#overrule(event.kind, event.hash)
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
    for (let done = 0; this.network.hasWork && done < MESSAGES_PER_STEP; done++) {
      this.network.work(this.#now)
      if (this.chain.hasWork) {
        this.#move()
        if (this.chain.hasWork) return
      }
      if (this.#moved) this.#settle()
    }
  }

  #move(): void {
    this.chain.connectNext()
    this.#moved = true
    this.#tellFates(false)
  }

  /** The chain has come to rest: the pool and the peers catch up with it. */
  #settle(): void {
    this.#moved = false
    const seconds = this.#seconds
    this.mempool.settle(seconds)
    this.#tellFates(true)
    this.network.tipSettled(this.#now)
    for (const { transaction, tag } of this.#held.splice(0)) this.#judgeTransaction(transaction, tag)
  }

  #tellFates(isAtRest: boolean): void {
    for (const { waiting, verdict } of this.#judgements.take(this.chain, isAtRest)) {
      this.#tell('block', waiting, verdict)
      if (waiting.peer !== undefined)
        this.network.blockJudged(waiting.peer, verdict, waiting.isRebuilt === true, this.#now)
    }
  }

  #submitHeader(bytes: Uint8Array, tag: string | undefined) {
    const header = decodeHeader(bytes, this.crypto)
    if (isRejection(header)) return this.#tell('header', { hash: NO_HASH, ...tagged(tag) }, header)
    this.#tell(
      'header',
      { hash: header.hash, ...tagged(tag) },
      this.chain.acceptHeader(header, this.#seconds),
    )
  }

  #submitBlock(bytes: Uint8Array, tag: string | undefined) {
    const block = decodeBlock(bytes, this.crypto)
    if (isRejection(block)) return this.#tell('block', { hash: NO_HASH, ...tagged(tag) }, block)
    this.#takeBlock(block, { hash: block.hash, ...tagged(tag) })
  }

  #takeBlock(block: Block, waiting: Waiting): BlockVerdict {
    const verdict = this.chain.acceptBlock(block, this.#seconds)
    if (verdict.outcome === 'stored') {
      this.#judgements.wait(waiting)
      this.#moved = true
    } else {
      this.#tell('block', waiting, verdict)
    }
    return verdict
  }

  #submitTransaction(bytes: Uint8Array, tag: string | undefined) {
    const transaction = decodeTransaction(bytes, this.crypto)
    if (isRejection(transaction))
      return this.#tell('transaction', { hash: NO_HASH, ...tagged(tag) }, transaction)
    if (!this.isAtRest) this.#held.push({ transaction, tag })
    else this.#judgeTransaction(transaction, tag)
  }

  #judgeTransaction(transaction: Transaction, tag: string | undefined): void {
    const outcome = this.mempool.accept(transaction, this.#seconds)
    this.#tell('transaction', { hash: transaction.txid, ...tagged(tag) }, verdictOf(outcome))
    if (outcome.kind === 'accepted') this.network.transactionAccepted(outcome.entry, this.#now)
  }

  #overrule(kind: 'invalidate' | 'reconsider', hex: string): void {
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
    this.#tellTip()
  }

  #blockDisconnected(block: Block): void {
    this.mempool.blockDisconnected(block)
    this.network.blockDisconnected()
    this.#tellTip()
  }

  #tellTip(): void {
    const { tip } = this.chain
    this.#effects.push({ kind: 'tip', hash: hashToHex(tip.hash), height: tip.height })
  }

  #tell(subject: Subject, { hash, tag, peer }: Waiting, verdict: BlockVerdict): void {
    this.#effects.push({
      kind: 'judged',
      subject,
      hash: hashToHex(hash),
      verdict,
      ...tagged(tag),
      ...(peer === undefined ? {} : { peer }),
    })
  }

  #askToContinue(): void {
    if (this.#continuing || !(this.chain.hasWork || this.network.hasWork)) return
    this.#continuing = true
    this.#effects.push({ kind: 'continue' })
  }

  /** Only an earlier moment than the one agreed on is worth telling. */
  #askToWake(): void {
    const at = this.network.nextAt()
    if (at >= this.#wakeAt) return
    this.#wakeAt = at
    this.#effects.push({ kind: 'wakeAt', at })
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
    this.#effects.push({ kind: 'send', peer: peer.id, bytes })
  }

  closed(peer: Peer, reason: string): void {
    this.#effects.push({ kind: 'disconnect', peer: peer.id, reason })
  }

  log(level: 'debug' | 'info' | 'warning', message: string): void {
    this.#effects.push({ kind: 'log', level, message })
  }

  headerJudged(hash: Uint8Array, verdict: BlockVerdict, peer: number): void {
    this.#tell('header', { hash, peer }, verdict)
  }

  deliverBlock(block: Block, peer: number, isRebuilt: boolean): BlockVerdict {
    const verdict = this.#takeBlock(block, { hash: block.hash, peer, isRebuilt })
    if (verdict.outcome !== 'stored') this.network.blockJudged(peer, verdict, isRebuilt, this.#now)
    return verdict
  }

  deliverTransaction(transaction: Transaction, peer: number): TransactionFate {
    const outcome = this.mempool.accept(transaction, this.#seconds)
    this.#tell('transaction', { hash: transaction.txid, peer }, verdictOf(outcome))
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

function verdictOf(outcome: AcceptOutcome): BlockVerdict {
  if (outcome.kind === 'accepted') return { outcome: 'accepted' }
  return outcome.kind === 'known' ? { outcome: 'duplicate', reason: outcome.reason } : outcome.rejection
}

function fateOf(outcome: AcceptOutcome): TransactionFate {
  switch (outcome.kind) {
    case 'accepted':
    case 'known':
      return { kind: outcome.kind }
    case 'missing':
      return { kind: 'orphan', parents: outcome.parents }
    case 'refused':
      return { kind: 'refused', byWitness: outcome.otherWitness, reason: outcome.rejection.reason }
  }
}
