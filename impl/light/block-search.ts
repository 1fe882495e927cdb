import type { BlockNode } from '../chainstate/index.ts'
import { BASIC_FILTER, filterHash, filterMayMatch } from '../filters/index.ts'
import type { Block, ByteReader, Transaction } from '../wire/index.ts'
import {
  bytesKey,
  createMerkleProof,
  decodeFilter,
  encodeFilterRange,
  encodeInventory,
  encodeMerkleProof,
  equalBytes,
  FILTERS_MAX,
  hashToHex,
  INV_WITNESS_BLOCK,
  parseBlock,
} from '../wire/index.ts'
import { blockFault } from './block-fault.ts'
import type { FilterHeaders } from './filter-headers.ts'
import { filterPeers } from './filter-peers.ts'
import type { LightContext, LightPeer } from './types.ts'

/** A question to one peer. */
interface Question {
  readonly peer: number
  readonly until: number
}

/** Goes through the blocks in order: by its filter where it cannot concern us, by its transactions where it may. */
export class BlockSearch {
  readonly #context: LightContext
  readonly #filters: FilterHeaders
  #scripts: readonly Uint8Array[] = []
  #scriptKeys = new Set<string>()
  /** Outputs that were found: who spends them concerns us too. */
  readonly #outpoints = new Set<string>()
  #searched = -1
  #isStarted = false
  readonly #received = new Map<number, Uint8Array>()
  #filterQuestion: (Question & { readonly stop: number }) | undefined
  #blockQuestion: (Question & { readonly node: BlockNode }) | undefined

  constructor(context: LightContext, filters: FilterHeaders) {
    this.#context = context
    this.#filters = filters
  }

  get isStarted(): boolean {
    return this.#isStarted
  }

  get dueAt(): number {
    return Math.min(
      this.#filterQuestion?.until ?? Number.POSITIVE_INFINITY,
      this.#blockQuestion?.until ?? Number.POSITIVE_INFINITY,
    )
  }

  start(scripts: readonly Uint8Array[], fromHeight: number): void {
    this.#scripts = scripts
    this.#scriptKeys = new Set(scripts.map(bytesKey))
    this.#searched = Math.max(0, fromHeight - 1)
    this.#isStarted = true
  }

  proceed(): void {
    this.#giveUpOnSilent()
    const before = this.#searched
    while (this.#blockQuestion === undefined && this.#searched < this.#filters.height && this.#searchNext());
    if (this.#searched > before) this.#context.emit({ kind: 'searched', height: this.#searched })
    if (this.#blockQuestion === undefined && this.#searched < this.#filters.height) this.#askForFilters()
  }

  takeFilter(peer: LightPeer, reader: ByteReader): void {
    const { blockHash, filter } = decodeFilter(reader)
    const { headers, setup } = this.#context
    const node = headers.node(blockHash)
    if (node === undefined || !headers.isActive(node) || this.#filterQuestion?.peer !== peer.id) return
    const agreed = this.#filters.hashAt(node.height)
    if (agreed === undefined || !equalBytes(filterHash(filter, setup.crypto), agreed)) {
      this.#context.disconnect(peer, 'filter is not the one agreed on')
      return
    }
    // Looks for nothing, but throws when the filter cannot be read.
    filterMayMatch(filter, blockHash, [])
    this.#received.set(node.height, filter)
    const { stop } = this.#filterQuestion
    const until = this.#context.now + setup.answerMs
    this.#filterQuestion = node.height === stop ? undefined : { peer: peer.id, stop, until }
  }

  takeBlock(peer: LightPeer, reader: ByteReader) {
    const question = this.#blockQuestion
    if (question?.peer !== peer.id) return
    const { crypto } = this.#context.setup
    const block = parseBlock(reader, crypto)
    if (!equalBytes(block.hash, question.node.hash)) return
    const fault = blockFault(block, crypto)
    if (fault !== undefined) return this.#context.disconnect(peer, fault)
    this.#blockQuestion = undefined
    this.#report(block, question.node)
    this.#advance(question.node.height)
  }

  forget(peer: number): void {
    if (this.#filterQuestion?.peer === peer) this.#filterQuestion = undefined
    if (this.#blockQuestion?.peer === peer) this.#blockQuestion = undefined
  }

  rewind({ height }: BlockNode): void {
    this.#filterQuestion = undefined
    this.#blockQuestion = undefined
    this.#received.clear()
    if (this.#searched <= height) return
    this.#searched = height
    this.#context.emit({ kind: 'lost', aboveHeight: height })
  }

  /** False when the next block's filter is not at hand, or the block itself is needed. */
  #searchNext(): boolean {
    const height = this.#searched + 1
    const filter = this.#received.get(height)
    if (filter === undefined) return false
    const node = this.#context.headers.tip.ancestor(height)
    if (!filterMayMatch(filter, node.hash, this.#scripts)) {
      this.#advance(height)
      return true
    }
    const peer = this.#choosePeer()
    if (peer === undefined) return false
    this.#blockQuestion = { peer: peer.id, node, until: this.#context.now + this.#context.setup.answerMs }
    this.#context.message(peer, 'getdata', encodeInventory([{ kind: INV_WITNESS_BLOCK, hash: node.hash }]))
    return false
  }

  #advance(height: number): void {
    this.#received.delete(height)
    this.#searched = height
  }

  #askForFilters(): void {
    const start = this.#searched + 1
    if (this.#filterQuestion !== undefined || this.#received.has(start)) return
    const peer = this.#choosePeer()
    if (peer === undefined) return
    const { headers, now, setup } = this.#context
    const stop = headers.tip.ancestor(Math.min(this.#filters.height, start + FILTERS_MAX - 1))
    this.#filterQuestion = { peer: peer.id, until: now + setup.answerMs, stop: stop.height }
    this.#context.message(
      peer,
      'getcfilters',
      encodeFilterRange({ type: BASIC_FILTER, start, stop: stop.hash }),
    )
  }

  #giveUpOnSilent(): void {
    for (const question of [this.#filterQuestion, this.#blockQuestion]) {
      const peer = question === undefined ? undefined : this.#context.peers.get(question.peer)
      if (question !== undefined && this.#context.now >= question.until && peer !== undefined)
        this.#context.disconnect(peer, 'no answer to a search')
    }
  }

  #choosePeer(): LightPeer | undefined {
    const peers = filterPeers(this.#context)
    return peers[Math.floor(this.#context.setup.entropy() * peers.length)]
  }

  #report(block: Block, node: BlockNode): void {
    const { crypto } = this.#context.setup
    const txids = block.transactions.map((transaction) => transaction.txid)
    block.transactions.forEach((transaction, index) => {
      if (!this.#concerns(transaction)) return
      const proof = createMerkleProof(txids, new Set([0, index]), crypto)
      this.#context.emit({
        kind: 'found',
        block: hashToHex(node.hash),
        height: node.height,
        transaction: transaction.raw,
        coinbase: block.transactions[0]!.raw,
        merkleProof: encodeMerkleProof(proof),
      })
    })
  }

  #concerns({ inputs, outputs, txid }: Transaction): boolean {
    let concerns = inputs.some(({ outpoint }) => this.#outpoints.has(bytesKey(outpoint)))
    outputs.forEach(({ script }, index) => {
      if (!this.#scriptKeys.has(bytesKey(script))) return
      concerns = true
      const outpoint = new Uint8Array(36)
      outpoint.set(txid)
      new DataView(outpoint.buffer).setUint32(32, index, true)
      this.#outpoints.add(bytesKey(outpoint))
    })
    return concerns
  }
}
