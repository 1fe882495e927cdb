import type { ChainParameters } from '../chains/index.ts'
import { BlockNode } from '../chainstate/index.ts'
import type { Crypto } from '../script-engine/index.ts'
import type { Rejection } from '../validation/index.ts'
import { Activations, checkHeader, checkHeaderInContext, isRejection, reject } from '../validation/index.ts'
import { BlockHeader, hashKey } from '../wire/index.ts'
import type { LightStore } from './light-store.ts'

const HEADER_BYTES = 80

/**
 * Headers alone: each does its work and keeps the rules of difficulty and time. The best has the most work; first seen
 * wins a tie. They are kept in a store, and judged again when it is opened.
 */
export class HeaderChain {
  readonly genesis: BlockNode
  readonly #chain: ChainParameters
  readonly #crypto: Crypto
  readonly #store: LightStore
  readonly #activations: Activations
  readonly #nodes = new Map<string, BlockNode>()
  /** Headers that are not in the store yet. */
  #fresh: Uint8Array[] = []
  #tip: BlockNode

  constructor(chain: ChainParameters, crypto: Crypto, store: LightStore) {
    this.#chain = chain
    this.#crypto = crypto
    this.#store = store
    this.#activations = new Activations(chain)
    this.genesis = new BlockNode(chain.genesis.header, undefined)
    this.#nodes.set(hashKey(this.genesis.hash), this.genesis)
    this.#tip = this.genesis
    this.#restore()
  }

  get tip(): BlockNode {
    return this.#tip
  }

  /** Headers that are kept, on all branches. */
  get count(): number {
    return this.#nodes.size
  }

  node(hash: Uint8Array): BlockNode | undefined {
    return this.#nodes.get(hashKey(hash))
  }

  isActive(node: BlockNode): boolean {
    return node.height <= this.#tip.height && this.#tip.ancestor(node.height) === node
  }

  /** Judges a header and keeps it; `now` in Unix seconds. */
  add(header: BlockHeader, now: number): BlockNode | Rejection {
    const known = this.node(header.hash)
    if (known !== undefined) return known
    const node = this.#link(header, now)
    if (!isRejection(node)) this.#fresh.push(header.raw)
    return node
  }

  /** Writes the headers that were added since the last time. */
  save(): void {
    this.#store.addHeaders(this.#fresh)
    this.#fresh = []
  }

  #link(header: BlockHeader, now: number): BlockNode | Rejection {
    const parent = this.node(header.previousHash)
    if (parent === undefined) return reject('missing', 'prev-blk-not-found')
    const rejection =
      checkHeader(header, this.#chain, this.#crypto) ??
      checkHeaderInContext(header, parent, this.#activations.after(parent), this.#chain.limits, now)
    if (rejection !== undefined) return rejection
    const node = new BlockNode(header, parent)
    this.#nodes.set(hashKey(node.hash), node)
    if (node.chainWork > this.#tip.chainWork) this.#tip = node
    return node
  }

  /** Up to the first header that is damaged; it and those after it are fetched again. */
  #restore(): void {
    let count = 0
    for (const raw of this.#store.headers()) {
      if (raw.length !== HEADER_BYTES) break
      if (isRejection(this.#link(new BlockHeader(raw, this.#crypto), Number.MAX_SAFE_INTEGER))) break
      count++
    }
    this.#store.keepHeaders(count)
  }
}
