import { chainLookup } from '../adapters/index.ts'
import type { ChainFile, ChainReference } from '../ports/index.ts'
import {
  type BlockSource,
  type CompiledBlock,
  createForge,
  ItemTable,
  type Lock,
  resolveChain,
  type ScenarioSource,
} from '../scenario/index.ts'
import { bytesToHex, headerField, hexToBytes } from '../wire/index.ts'
import type { ChainVariant } from './chains.ts'
import { heightPush, pick } from './choices.ts'
import { Draft, type DraftGround } from './draft.ts'
import { STORY_KEYS } from './locks.ts'
import { CHALLENGES, type Solution, solve } from './signet.ts'

type StepSource = ScenarioSource['steps'][number]
type ChainSource = NonNullable<ScenarioSource['chain']>

const DAY_SECONDS = 86_400

/** A generated story in the making: what it delivers is kept, so that the scenario replays it. */
export class StoryDraft extends Draft {
  readonly reference: ChainReference
  /** Unix seconds: the time of every delivery until the next `wait`. */
  unixTime: number
  readonly #source: ChainSource
  /** What authorises a block; absent where none is needed. */
  readonly #challenge: Lock | undefined
  readonly #startTime: number
  readonly #steps: StepSource[] = []

  /** `challenge`: which of the challenges makes the chain a signet. */
  constructor(variant: ChainVariant | ChainFile, challenge: number | undefined) {
    const ground = groundOf(variant, challenge)
    super(ground)
    this.reference = ground.reference
    this.#source = ground.source
    this.#challenge = ground.challenge
    this.#startTime = ground.startTime
    this.unixTime = ground.startTime
    this.items.add(this.genesis)
  }

  /** A block that a signet's challenge authorises unless `solution` says otherwise. @throws ScenarioError when the parts do not fit each other */
  override addBlock(source: BlockSource, solution: Solution = 'right'): CompiledBlock {
    return super.addBlock(this.#solved(source, solution))
  }

  /** Adds a step at the present time. */
  addStep(step: StepSource): void {
    this.#steps.push({ ...step, at: (this.unixTime - this.#startTime) * 1000 })
  }

  /** The scenario that replays the story. */
  scenario(about: string): ScenarioSource {
    return {
      format: 'touchstone-scenario/1',
      title: `Generated: ${about}`,
      story: 'Found by playing generated stories to two engines, and made as small as it would become.',
      sources: ['touchstone conform --generated'],
      chain: this.#source,
      startTime: this.#startTime,
      keys: [...STORY_KEYS],
      ...this.sources,
      steps: this.#steps,
    }
  }

  #solved(source: BlockSource, solution: Solution): BlockSource {
    const isMade = source.copyOf === undefined && source.raw === undefined && source.omitCoinbase !== true
    if (this.#challenge === undefined || !isMade) return source
    const parent = this.items.block(source.extends!)
    // What is signed must not depend on the block's name.
    const script = heightPush(parent.height + 1) + (this.blockCount + 0x10000000).toString(16)
    const named: BlockSource = { ...source, coinbase: { script, ...source.coinbase } }
    const isSegwitActive = this.activations.above(parent).has('segwit')
    const authority = { chainFile: this.chain, challenge: this.#challenge, keys: STORY_KEYS }
    return solve(named, solution, isSegwitActive, authority, (block) => this.probe(block))
  }
}

interface StoryGround extends DraftGround {
  readonly source: ChainSource
  readonly challenge: Lock | undefined
}

function groundOf(variant: ChainVariant | ChainFile, choice: number | undefined): StoryGround {
  const { reference, file } = resolveChain(variant as Parameters<typeof resolveChain>[0], chainLookup)
  const genesisTime = headerField(hexToBytes(file.genesisBlock), 'time')
  const startTime = genesisTime + DAY_SECONDS
  const common = { startTime, keys: STORY_KEYS, items: new ItemTable() }
  if (choice === undefined)
    return { ...common, reference, chain: file, source: variant, challenge: undefined }
  const challenge = pick(CHALLENGES, choice)
  const forge = createForge(file, startTime, { keys: STORY_KEYS, transactions: {}, blocks: {} })
  const chain = { ...file, signetChallenge: bytesToHex(forge.script(challenge)) }
  return { ...common, reference: chain, chain, source: chain, challenge }
}
