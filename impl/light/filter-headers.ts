import type { BlockNode } from '../chainstate/index.ts'
import { BASIC_FILTER } from '../filters/index.ts'
import {
  ByteReader,
  decodeFilter,
  decodeFilterHeaders,
  encodeFilterRange,
  encodeInventory,
  equalBytes,
  FILTER_HEADERS_MAX,
  INV_WITNESS_BLOCK,
  parseBlock,
} from '../wire/index.ts'
import { AgreedFilters } from './agreed-filters.ts'
import { blockFault } from './block-fault.ts'
import { FilterCheckpoints } from './filter-checkpoints.ts'
import { FilterClaims } from './filter-claims.ts'
import { FilterDispute } from './filter-dispute.ts'
import { filterPeers } from './filter-peers.ts'
import type { LightContext, LightPeer } from './types.ts'

/** One question, the hashes of the filters from `first` to `stop`: to all peers, or to one when it is known where they lead. */
interface Round {
  readonly first: number
  readonly stop: BlockNode
  readonly asked: Set<number>
  readonly claims: FilterClaims
  readonly until: number
  /** The filter header at `stop`, when all peers agreed on it before. */
  readonly goal: Uint8Array | undefined
  dispute: FilterDispute | undefined
}

/** The chain of filter headers, as far as peers have agreed on it. [BIP157 §Client Operation] */
export class FilterHeaders {
  readonly #context: LightContext
  readonly #agreed: AgreedFilters
  readonly #checkpoints: FilterCheckpoints
  #round: Round | undefined
  /** After an undecided dispute, when to ask again. */
  #restUntil = 0

  constructor(context: LightContext) {
    this.#context = context
    this.#checkpoints = new FilterCheckpoints(context)
    this.#agreed = new AgreedFilters(context)
  }

  /** Height up to which filters are agreed on. */
  get height(): number {
    return this.#agreed.height
  }

  hashAt(height: number): Uint8Array | undefined {
    return this.#agreed.hashAt(height)
  }

  get dueAt(): number {
    const restUntil = this.#restUntil > this.#context.now ? this.#restUntil : Number.POSITIVE_INFINITY
    return Math.min(this.#round?.until ?? restUntil, this.#checkpoints.dueAt)
  }

  proceed(): void {
    if (this.#round === undefined) this.#open()
    const round = this.#round
    if (round === undefined) return
    if (this.#context.now >= round.until) this.#giveUpOnSilent(round)
    if (this.#round?.dispute !== undefined) this.#settleDispute(this.#round, this.#round.dispute)
    else if (this.#round !== undefined) this.#conclude(this.#round)
    // Who lied or kept silent is gone: others are asked at once.
    if (this.#round === undefined) this.#open()
  }

  takeHeaders(peer: LightPeer, reader: ByteReader): void {
    const message = decodeFilterHeaders(reader)
    const round = this.#round
    if (round === undefined || !round.asked.has(peer.id) || round.claims.has(peer.id)) return
    if (message.type !== BASIC_FILTER || !equalBytes(message.stop, round.stop.hash)) return
    const fits =
      message.hashes.length === round.stop.height - round.first + 1 &&
      equalBytes(message.previousHeader, this.#agreed.headerAt(round.first - 1)!)
    if (fits) round.claims.add(peer.id, message.hashes)
    else this.#context.disconnect(peer, 'filter headers that do not continue those agreed on')
  }

  takeCheckpoints(peer: LightPeer, reader: ByteReader): void {
    this.#checkpoints.take(peer, reader)
  }

  /** True when the filter belongs to a dispute. */
  takeFilter(peer: LightPeer, reader: ByteReader): boolean {
    const dispute = this.#round?.dispute
    if (dispute === undefined || this.#round?.asked.has(peer.id) !== true) return false
    const { blockHash, filter } = decodeFilter(new ByteReader(reader.bytes))
    if (!equalBytes(blockHash, dispute.node.hash)) return false
    dispute.filters.set(peer.id, filter)
    return true
  }

  /** True when the block belongs to a dispute. */
  takeBlock(peer: LightPeer, reader: ByteReader): boolean {
    const dispute = this.#round?.dispute
    if (dispute === undefined || dispute.hasBlock) return false
    const { crypto } = this.#context.setup
    const block = parseBlock(new ByteReader(reader.bytes), crypto)
    if (!equalBytes(block.hash, dispute.node.hash)) return false
    const fault = blockFault(block, crypto)
    if (fault !== undefined) this.#context.disconnect(peer, fault)
    else dispute.takeBlock(block)
    return true
  }

  forget(peer: number): void {
    this.#checkpoints.forget(peer)
    this.#round?.asked.delete(peer)
    this.#round?.claims.drop(peer)
    this.#round?.dispute?.filters.delete(peer)
    if (this.#round?.asked.size === 0) this.#round = undefined
  }

  rewind({ height }: BlockNode): void {
    this.#round = undefined
    this.#checkpoints.rewind(height)
    this.#agreed.rewind(height)
  }

  /** Asks all peers that serve filters, when there are enough of them; up to an agreed checkpoint only one. */
  #open(): void {
    const { headers, setup, now } = this.#context
    const first = this.height + 1
    if (first > headers.tip.height || now < this.#restUntil || this.#checkpoints.proceed(this.height)) return
    const peers = filterPeers(this.#context)
    if (peers.length < setup.witnessesMin) return
    const last = Math.min(headers.tip.height, first + FILTER_HEADERS_MAX - 1)
    const checkpoint = this.#checkpoints.between(first, last)
    const stop = headers.tip.ancestor(checkpoint?.height ?? last)
    const chosen = checkpoint === undefined ? peers : [peers[Math.floor(setup.entropy() * peers.length)]!]
    this.#round = {
      first,
      stop,
      asked: new Set(chosen.map(({ id }) => id)),
      claims: new FilterClaims(),
      until: now + setup.answerMs,
      goal: checkpoint?.header,
      dispute: undefined,
    }
    const question = encodeFilterRange({ type: BASIC_FILTER, start: first, stop: stop.hash })
    for (const peer of chosen) this.#context.message(peer, 'getcfheaders', question)
  }

  #giveUpOnSilent(round: Round): void {
    const { dispute } = round
    for (const id of [...round.asked]) {
      const hasAnswered = dispute === undefined ? round.claims.has(id) : dispute.filters.has(id)
      const peer = this.#context.peers.get(id)
      if (!hasAnswered && peer !== undefined) this.#context.disconnect(peer, 'no answer about filters')
    }
    // The block of a dispute did not come: ask again.
    if (dispute?.hasBlock === false) this.#round = undefined
  }

  #conclude(round: Round) {
    if (round.claims.count < round.asked.size) return
    if (round.goal !== undefined) return this.#compareWith(round.goal, round)
    if (round.claims.count < this.#context.setup.witnessesMin) {
      this.#round = undefined
      return
    }
    const verdict = round.claims.compare()
    if ('agreed' in verdict) this.#agree(verdict.agreed, round.stop)
    else this.#openDispute(round, verdict.differAt)
  }

  /** What one peer said must lead to what all agreed on. */
  #compareWith(goal: Uint8Array, round: Round): void {
    for (const id of round.claims.peers()) {
      const hashes = round.claims.hashesOf(id)
      if (this.#agreed.leadTo(goal, hashes)) this.#agree(hashes, round.stop)
      else this.#dismiss(id, 'filter headers that do not lead to the checkpoint agreed on')
    }
  }

  #agree(hashes: readonly Uint8Array[], stop: BlockNode): void {
    this.#agreed.add(hashes, stop)
    this.#round = undefined
    this.#open()
  }

  #openDispute(round: Round, index: number): void {
    const node = round.stop.ancestor(round.first + index)
    this.#round = {
      ...round,
      until: this.#context.now + this.#context.setup.answerMs,
      dispute: new FilterDispute(node, index),
    }
    const question = encodeFilterRange({ type: BASIC_FILTER, start: node.height, stop: node.hash })
    const block = encodeInventory([{ kind: INV_WITNESS_BLOCK, hash: node.hash }])
    for (const id of round.asked) {
      const peer = this.#context.peers.get(id)
      if (peer === undefined) continue
      this.#context.message(peer, 'getcfilters', question)
      this.#context.message(peer, 'getdata', block)
    }
  }

  /** Who sent a filter that is a lie is gone; if no lie is found the larger number is believed; a tie is left for later. */
  #settleDispute(round: Round, dispute: FilterDispute): void {
    if (!dispute.hasBlock || dispute.filters.size < round.asked.size) return
    for (const [id, fault] of dispute.liars(round.claims, this.#context.setup.crypto))
      this.#dismiss(id, fault)
    this.#round = round.asked.size === 0 ? undefined : { ...round, dispute: undefined }
    const verdict = round.claims.compare()
    if ('differAt' in verdict && verdict.differAt === dispute.index) this.#believeMost(round, dispute.index)
  }

  #believeMost(round: Round, index: number): void {
    const few = round.claims.minority(index)
    if (few === undefined) {
      this.#round = undefined
      this.#restUntil = this.#context.now + this.#context.setup.answerMs
    } else for (const id of few) this.#dismiss(id, 'alone with its filter')
  }

  #dismiss(id: number, reason: string): void {
    const peer = this.#context.peers.get(id)
    if (peer !== undefined) this.#context.disconnect(peer, reason)
  }
}
