import type { Upgrade } from '../../../spec/index.ts'
import {
  type Delivered,
  delivered,
  type FixtureDraft,
  type FixtureFile,
  FixtureTree,
  type Ground,
  grow,
  tipOf,
} from '../../conformance/index.ts'
import { FileError } from '../../files/index.ts'
import { StoryDraft } from '../../generators/index.ts'
import type { BlockSource, TransactionSource } from '../../scenario/index.ts'

type ChainVariant = ConstructorParameters<typeof StoryDraft>[0]

/** How a coinbase differs at a height: what a draft may ask of it. */
export type CoinbaseShape = (height: number) => NonNullable<BlockSource['coinbase']>

const PLAIN: CoinbaseShape = () => ({})
const PLAIN_VERSION = 0x20000000
/** Seconds between blocks. */
const PACE = 'parent+60'

/** A chain on which a draft comes into force; each path of blocks is delivered to the specification with the draft and without. */
export class EdgeChain {
  readonly draft: Upgrade & FixtureDraft
  /** The first block in which the draft is in force. */
  readonly from: number
  /** The first block in which it is in force no longer. */
  readonly until: number | undefined
  readonly story: StoryDraft
  readonly #tree: FixtureTree
  readonly #today: FixtureTree
  #shape = PLAIN

  constructor(draft: Upgrade, variant: ChainVariant, from: number) {
    this.draft = { ...draft, deployment: deploymentOf(draft, from) }
    this.from = from
    this.until =
      this.draft.deployment.kind === 'expiring' ? from + this.draft.deployment.activeBlocks : undefined
    this.story = new StoryDraft(variant, undefined)
    this.#tree = new FixtureTree(this.story.reference, this.story.chain, this.draft)
    this.#today = new FixtureTree(this.story.reference, this.story.chain)
  }

  /** So many blocks above genesis, with nothing in them. */
  trunk(blocks: number): Ground {
    const plain = Math.min(blocks, this.from - 2 * WINDOW - 1)
    let ground = grow(this.story, plain)
    while (ground.length < blocks) ground = this.onTop(ground)
    return ground
  }

  /** One block more; `transactions` by name. It carries what the draft asks of a coinbase and of a version. */
  onTop(ground: Ground, source: Partial<BlockSource> = {}): Ground {
    const parent = source.extends ?? tipOf(ground).name
    const height = this.story.items.block(parent).height + 1
    const block = this.story.addBlock({
      extends: parent,
      time: PACE,
      version: this.#versionAt(height),
      coinbase: this.#shape(height),
      ...source,
    })
    return [...ground, delivered(block, ground)]
  }

  transaction(source: TransactionSource): string {
    return this.story.addTransaction(source).name
  }

  /** Takes the first shape of a coinbase with which an empty block stands where the draft is in force. @throws FileError */
  adoptShape(ground: Ground, shapes: readonly CoinbaseShape[]): void {
    const fitting = [PLAIN, ...shapes].find((shape) => {
      this.#shape = shape
      return this.deliver(this.onTop(ground)).verdict.outcome === 'connected'
    })
    if (fitting === undefined)
      throw new FileError(
        `${this.draft.id}: no empty block is valid under it: an example has to say what a coinbase must be like`,
      )
    this.#shape = fitting
  }

  deliver(path: Ground): Delivered {
    return this.#tree.deliver(path)
  }

  /** What today's rules say of the last delivery. */
  deliverToday(path: Ground): Delivered {
    return this.#today.deliver(path)
  }

  keep(fixture: Parameters<FixtureTree['keep']>[0]): void {
    this.#tree.keep(fixture)
  }

  file(title: string): FixtureFile {
    return this.#tree.file(title)
  }

  /** Blocks of the window that must signal do. */
  #versionAt(height: number): number {
    const { deployment } = this.draft
    if (deployment.kind !== 'expiring') return PLAIN_VERSION
    const { window, bit } = deployment
    const mustSignal = height >= this.from - 2 * window && height < this.from - window
    return mustSignal ? PLAIN_VERSION | (1 << bit) : PLAIN_VERSION
  }
}

const WINDOW = 2
const ACTIVE_BLOCKS = 4

/** A draft that expires does so here, too, after a few blocks; any other one is in force from its height on. */
function deploymentOf({ deployment }: Upgrade, height: number): FixtureDraft['deployment'] {
  if (typeof deployment === 'string' || deployment.kind !== 'expiring') return { kind: 'height', height }
  return {
    ...deployment,
    startTime: 0,
    threshold: WINDOW,
    window: WINDOW,
    maxActivationHeight: height,
    activeBlocks: ACTIVE_BLOCKS,
  }
}
