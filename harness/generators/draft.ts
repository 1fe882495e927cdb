import { chainLookup } from '../adapters/index.ts'
import type { ChainFile, ChainReference } from '../ports/index.ts'
import type { CompiledBlock, CompiledTransaction } from '../scenario/index.ts'
import {
  type BlockSource,
  type BlockSpec,
  blockSchema,
  createForge,
  type Forge,
  ItemTable,
  type Lock,
  resolveChain,
  type ScenarioSource,
  type TransactionSource,
  type TransactionSpec,
  transactionSchema,
} from '../scenario/index.ts'
import { bytesToHex } from '../wire/index.ts'
import { type Activations, createActivations } from './activations.ts'
import { type BranchBook, type BranchCoin, createBranchBook } from './branch-book.ts'
import type { ChainVariant } from './chains.ts'
import { heightPush } from './height-push.ts'
import { pick } from './pick.ts'
import { CHALLENGES, type Solution, solve } from './signet.ts'

type StepSource = ScenarioSource['steps'][number]
type ChainSource = NonNullable<ScenarioSource['chain']>

/** Names in a generated story; each is a key pair. */
const KEYS = ['alice', 'bob'] as const

const DAY_SECONDS = 86_400
/** Blocks harder than this are given a time that makes the next ones easier. */
const WORK_MAX = 64n

/** A scenario in the making: everything that is forged and done is kept, so that the file replays it. */
export class Draft {
  readonly chain: ChainReference
  readonly chainFile: ChainFile
  readonly items = new ItemTable()
  readonly activations: Activations
  /** Unix seconds: the time of every delivery until the next `wait`. */
  now: number
  readonly #source: ChainSource
  /** What authorises a block; absent where none is needed. */
  readonly #challenge: Lock | undefined
  readonly #startTime: number
  readonly #forge: Forge
  readonly #book: BranchBook
  readonly #transactions: Record<string, TransactionSource> = {}
  readonly #blocks: Record<string, BlockSource> = {}
  readonly #plan = {
    keys: KEYS,
    transactions: {} as Record<string, TransactionSpec>,
    blocks: {} as Record<string, BlockSpec>,
  }
  readonly #steps: StepSource[] = []
  #names = 0

  /** `challenge`: which of the challenges makes the chain a signet. */
  constructor(variant: ChainVariant, challenge: number | undefined) {
    const { reference, file } = resolveChain(variant as Parameters<typeof resolveChain>[0], chainLookup)
    const genesisTime = Buffer.from(file.genesisBlock, 'hex').readUInt32LE(68)
    this.#startTime = genesisTime + DAY_SECONDS
    this.now = this.#startTime
    this.#forge = createForge(file, this.#startTime, this.#plan)
    if (challenge === undefined) {
      this.#source = variant
      this.chain = reference
      this.chainFile = file
    } else {
      this.#challenge = pick(CHALLENGES, challenge)
      this.chainFile = { ...file, signetChallenge: bytesToHex(this.#forge.script(this.#challenge)) }
      this.chain = this.chainFile
      this.#source = this.chainFile
    }
    this.items.add(this.#forge.genesis)
    this.#book = createBranchBook(this.items)
    this.activations = createActivations(this.chain, this.items)
  }

  get genesis(): CompiledBlock {
    return this.#forge.genesis
  }

  get isSignet(): boolean {
    return this.#challenge !== undefined
  }

  /** @throws ScenarioError when the parts do not fit each other */
  transaction(source: TransactionSource): CompiledTransaction {
    const name = `t${++this.#names}`
    this.#plan.transactions[name] = transactionSchema.parse(source)
    const transaction = this.#forge.transaction(name)
    this.#transactions[name] = source
    this.items.add(transaction)
    return transaction
  }

  /** A block that a signet's challenge authorises, unless told otherwise. @throws ScenarioError when the parts do not fit each other */
  block(source: BlockSource, solution: Solution = 'right'): CompiledBlock {
    const solved = this.#solved(source, solution)
    const block = this.#forgeBlock(`b${++this.#names}`, solved)
    this.#blocks[block.name] = solved
    this.items.add(block)
    return block
  }

  /** What such a block would be; nobody is told of it. */
  probe(source: BlockSource): CompiledBlock {
    return this.#forgeBlock(`b${++this.#names}`, source)
  }

  /** What an output demands. */
  lockOf({ reference }: BranchCoin): Lock {
    const [name, index] = reference.split(':')
    const item = this.items.named(name!)
    return (item.kind === 'block' ? item.coinbase : item).outputs[Number(index)]!.lock
  }

  coinsAt(block: CompiledBlock): BranchCoin[] {
    return this.#book.coinsAt(block)
  }

  /** So many blocks further down, or genesis. */
  ancestor(block: CompiledBlock, depth: number): CompiledBlock {
    let at = block
    for (let left = depth; left > 0 && at.parent !== undefined; left--) at = this.items.block(at.parent)
    return at
  }

  /** Whether mining on this block takes so long that the next ones had better be slow. */
  isHard(block: CompiledBlock): boolean {
    const below = block.parent === undefined ? 0n : this.items.block(block.parent).chainWork
    return block.chainWork - below > WORK_MAX
  }

  /** Notes what was done, at the present time. */
  did(step: StepSource): void {
    this.#steps.push({ ...step, at: (this.now - this.#startTime) * 1000 })
  }

  /** All of it as the file that replays it. */
  scenario(about: string): ScenarioSource {
    return {
      format: 'touchstone-scenario/1',
      title: `Generated: ${about}`,
      story: 'Found by telling generated stories to two engines, and made as small as it would become.',
      sources: ['touchstone conform --generated'],
      chain: this.#source,
      startTime: this.#startTime,
      keys: [...KEYS],
      transactions: this.#transactions,
      blocks: this.#blocks,
      steps: this.#steps,
    }
  }

  #forgeBlock(name: string, source: BlockSource): CompiledBlock {
    this.#plan.blocks[name] = blockSchema.parse(source)
    return this.#forge.block(name)
  }

  #solved(source: BlockSource, solution: Solution): BlockSource {
    const isMade = source.copyOf === undefined && source.raw === undefined && source.omitCoinbase !== true
    if (this.#challenge === undefined || !isMade) return source
    const parent = this.items.block(source.extends!)
    // What is signed must not depend on the block's name.
    const script = heightPush(parent.height + 1) + (this.#names + 0x10000000).toString(16)
    const named: BlockSource = { ...source, coinbase: { script, ...source.coinbase } }
    const isSegwitActive = this.activations.above(parent).has('segwit')
    const authority = { chainFile: this.chainFile, challenge: this.#challenge, keys: KEYS }
    return solve(named, solution, isSegwitActive, authority, (one) => this.probe(one))
  }
}
