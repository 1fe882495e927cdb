import type { NetworkState } from '../../../spec/index.ts'
import type { CompiledBlock } from '../../scenario/index.ts'
import type { Director } from '../adversary/director.ts'
import type { Host } from '../simulator/host.ts'

/** Which of two payments of one coin a block has. */
export type TourPayment = NetworkState['payment'][number]

interface SeenBlock {
  readonly block: CompiledBlock
  readonly payment: TourPayment
}

/** Sees a world as the network model does: from the block on which a tour begins, which is genesis to the model. */
export class NetworkLens {
  /** Nodes on the far side of a cut. */
  far: readonly string[] = []
  cutsLeft = 1
  crashesLeft = 1
  readonly #director: Director
  readonly #base: CompiledBlock
  readonly #blocksMax: number
  readonly #blocks: SeenBlock[] = []
  /** What each node had when it was last at rest. */
  readonly #seen = new Map<Host, { readonly known: readonly number[]; readonly tip: number | undefined }>()
  readonly #starting = new Set<Host>()
  #mined: SeenBlock | undefined

  constructor(director: Director, base: CompiledBlock, blocksMax: number) {
    this.#director = director
    this.#base = base
    this.#blocksMax = blocksMax
    for (const host of director.hosts) this.settled(host)
  }

  /** Whether a block is under way that no node has taken yet. */
  get isMining(): boolean {
    return this.#mined !== undefined
  }

  mined(block: CompiledBlock, payment: TourPayment): void {
    this.#mined = { block, payment }
  }

  /** The block of this number in the model. */
  nameOf(block: number): string {
    return this.#blocks[block - 1]!.block.name
  }

  /** The node starts again, and is up when it has come to rest. */
  restarted(host: Host): void {
    this.#starting.add(host)
  }

  /** The node has nothing left to do: what it has now, the model knows. */
  settled(host: Host): void {
    if (!host.running) return
    this.#starting.delete(host)
    if (this.#mined !== undefined && has(host, this.#mined.block)) {
      this.#blocks.push(this.#mined)
      this.#mined = undefined
    }
    const known: number[] = []
    // A block that came before its parent waits for it.
    for (const [index, { block }] of this.#blocks.entries()) {
      const parent = this.#numberOf(this.#director.items.block(block.parent!))!
      if (has(host, block) && (parent === 0 || known.includes(parent))) known.push(index + 1)
    }
    this.#seen.set(host, { known, tip: this.#numberOf(this.#director.tipOf(host)) })
  }

  /** Undefined when a node stands where the model has no block. */
  look(): NetworkState | undefined {
    const { hosts } = this.#director
    const seen = hosts.map((host) => [host.name, this.#seen.get(host)] as const)
    if (seen.some(([, at]) => at?.tip === undefined)) return undefined
    const missing = Math.max(0, this.#blocksMax - this.#blocks.length)
    return {
      parent: [
        ...this.#blocks.map(({ block }) => this.#numberOf(this.#director.items.block(block.parent!))!),
        ...Array.from({ length: missing }, () => -1),
      ],
      payment: [
        ...this.#blocks.map(({ payment }) => payment),
        ...Array.from({ length: missing }, () => 'none' as const),
      ],
      known: Object.fromEntries(seen.map(([name, at]) => [name, at!.known])),
      tip: Object.fromEntries(seen.map(([name, at]) => [name, at!.tip!])),
      far: this.far,
      down: hosts.flatMap((host) => (host.running && !this.#starting.has(host) ? [] : [host.name])),
      deaf: [],
      cutsLeft: this.cutsLeft,
      crashesLeft: this.crashesLeft,
    }
  }

  #numberOf(block: CompiledBlock): number | undefined {
    if (block.hash === this.#base.hash) return 0
    const place = this.#blocks.findIndex((mined) => mined.block.hash === block.hash)
    return place === -1 ? undefined : place + 1
  }
}

function has(host: Host, { hash }: CompiledBlock): boolean {
  const status = host.node?.view.status(hash)
  return status === 'stored' || status === 'valid'
}
