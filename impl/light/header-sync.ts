import type { BlockNode } from '../chainstate/index.ts'
import { createPresync, headersFault, lacksWork, locatorOf, workThreshold } from '../peers/index.ts'
import { isRejection } from '../validation/index.ts'
import type { BlockHeader, ByteReader } from '../wire/index.ts'
import {
  decodeHeaderCount,
  decodeHeaders,
  encodeLocator,
  HEADERS_MAX,
  PROTOCOL_VERSION,
} from '../wire/index.ts'
import type { LightContext, LightPeer } from './types.ts'

/**
 * Fetches headers from all peers. A branch is kept only when it shows enough work: cheap headers, however many, cost no
 * memory. [Core headerssync.h]
 */
export class HeaderSync {
  readonly #context: LightContext

  constructor(context: LightContext) {
    this.#context = context
  }

  /** Asks a peer for what follows our chain, unless it owes an answer. */
  ask(peer: LightPeer): void {
    const { headers, now, setup } = this.#context
    if (peer.headersAskedAt !== undefined && now < peer.headersAskedAt + setup.answerMs) return
    this.#askFrom(peer, headers.tip)
  }

  take(peer: LightPeer, reader: ByteReader) {
    const { chain, crypto } = this.#context.setup
    const count = decodeHeaderCount(reader)
    const headers = count > HEADERS_MAX ? [] : decodeHeaders(reader, count, crypto)
    const fault =
      count > HEADERS_MAX ? `headers message size = ${count}` : headersFault(headers, chain, crypto)
    if (fault !== undefined) return this.#context.disconnect(peer, fault)
    peer.hasSentHeaders = true
    if (count > 0) return this.#takeSome(peer, headers, count === HEADERS_MAX)
    peer.presync = undefined
    peer.headersAskedAt = undefined
  }

  #takeSome(peer: LightPeer, headers: readonly BlockHeader[], isFull: boolean) {
    if (peer.presync?.continues(headers[0]!) === true && this.#continue(peer, headers, isFull)) return
    const { headers: chain, setup } = this.#context
    const parent = chain.node(headers[0]!.previousHash)
    if (parent === undefined) return this.ask(peer)
    peer.headersAskedAt = undefined
    const last = chain.node(headers[headers.length - 1]!.hash)
    const threshold = workThreshold(chain.tip, setup.chain)
    if (last === undefined && lacksWork(parent, headers, threshold)) {
      if (!isFull) return
      peer.presync = createPresync(this.#source, parent, threshold)
      this.#continue(peer, headers, true)
      return
    }
    const node = this.#store(peer, headers)
    if (isFull && node !== undefined && this.#context.peers.has(peer.id)) this.#askFrom(peer, node)
  }

  /** Feeds a presync; false when it failed, and these headers are to be looked at by themselves. */
  #continue(peer: LightPeer, headers: readonly BlockHeader[], isFull: boolean): boolean {
    const presync = peer.presync!
    const step = presync.take(headers, isFull)
    peer.headersAskedAt = undefined
    if (step.kind === 'failed' || presync.isDone || step.askFrom === undefined) peer.presync = undefined
    if (step.kind === 'failed') return false
    if (step.released.length > 0) this.#store(peer, step.released)
    if (step.askFrom !== undefined && this.#context.peers.has(peer.id))
      this.#askFrom(peer, presync.start, step.askFrom)
    return true
  }

  /** The last node, unless some header was refused. */
  #store(peer: LightPeer, headers: readonly BlockHeader[]): BlockNode | undefined {
    const { headers: chain, now } = this.#context
    let last: BlockNode | undefined
    for (const header of headers) {
      const node = chain.add(header, Math.floor(now / 1000))
      if (!isRejection(node)) {
        last = node
        continue
      }
      if (node.class !== 'premature') this.#context.disconnect(peer, `invalid header (${node.reason})`)
      return undefined
    }
    return last
  }

  #askFrom(peer: LightPeer, node: BlockNode, first?: Uint8Array): void {
    peer.headersAskedAt = this.#context.now
    const locator = first === undefined ? locatorOf(node) : [first, ...locatorOf(node)]
    this.#context.message(peer, 'getheaders', encodeLocator(PROTOCOL_VERSION, locator))
  }

  get #source() {
    const { now, setup } = this.#context
    return { parameters: setup.chain, hasher: setup.crypto, now, entropy: setup.entropy }
  }
}
