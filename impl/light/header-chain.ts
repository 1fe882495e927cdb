import type { ChainParameters } from '../chains/index.ts'
import { BlockNode } from '../chainstate/index.ts'
import type { Rejection } from '../validation/index.ts'
import { Activations, checkHeader, checkHeaderInContext, reject } from '../validation/index.ts'
import type { BlockHeader, Hasher } from '../wire/index.ts'
import { hashKey } from '../wire/index.ts'

/** Headers alone: each does its work and keeps the rules of difficulty and time. The best has the most work; first seen wins a tie. */
export class HeaderChain {
  readonly genesis: BlockNode
  readonly #chain: ChainParameters
  readonly #hasher: Hasher
  readonly #activations: Activations
  readonly #nodes = new Map<string, BlockNode>()
  #tip: BlockNode

  constructor(chain: ChainParameters, hasher: Hasher) {
    this.#chain = chain
    this.#hasher = hasher
    this.#activations = new Activations(chain)
    this.genesis = new BlockNode(chain.genesis.header, undefined)
    this.#nodes.set(hashKey(this.genesis.hash), this.genesis)
    this.#tip = this.genesis
  }

  get tip(): BlockNode {
    return this.#tip
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
    const parent = this.node(header.previousHash)
    if (parent === undefined) return reject('missing', 'prev-blk-not-found')
    const rejection =
      checkHeader(header, this.#chain, this.#hasher) ??
      checkHeaderInContext(header, parent, this.#activations.after(parent), this.#chain.limits, now)
    if (rejection !== undefined) return rejection
    const node = new BlockNode(header, parent)
    this.#nodes.set(hashKey(node.hash), node)
    if (node.chainWork > this.#tip.chainWork) this.#tip = node
    return node
  }
}
