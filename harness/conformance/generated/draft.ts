import { chainLookup } from '../../adapters/index.ts'
import { type BranchBook, type BranchCoin, createBranchBook } from '../../adversary/branch-book.ts'
import type { ChainFile } from '../../ports/chain-file.ts'
import type { ChainReference } from '../../ports/engine.ts'
import { resolveChain } from '../../scenario/chain.ts'
import type { CompiledBlock, CompiledTransaction } from '../../scenario/compiled.ts'
import {
  type BlockSource,
  type BlockSpec,
  blockSchema,
  createForge,
  type Forge,
  type Lock,
  type ScenarioSource,
  type TransactionSource,
  type TransactionSpec,
  transactionSchema,
} from '../../scenario/index.ts'
import { ItemTable } from '../../simulator/items.ts'
import type { ChainVariant } from './chains.ts'

type StepSource = ScenarioSource['steps'][number]

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
  /** Unix seconds: the time of every delivery until the next `wait`. */
  now: number
  readonly #variant: ChainVariant
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

  constructor(variant: ChainVariant) {
    const { reference, file } = resolveChain(variant as Parameters<typeof resolveChain>[0], chainLookup)
    this.#variant = variant
    this.chain = reference
    this.chainFile = file
    const genesisTime = Buffer.from(file.genesisBlock, 'hex').readUInt32LE(68)
    this.#startTime = genesisTime + DAY_SECONDS
    this.now = this.#startTime
    this.#forge = createForge(file, this.#startTime, this.#plan)
    this.items.add(this.#forge.genesis)
    this.#book = createBranchBook(this.items)
  }

  get genesis(): CompiledBlock {
    return this.#forge.genesis
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

  /** @throws ScenarioError when the parts do not fit each other */
  block(source: BlockSource): CompiledBlock {
    const block = this.#forgeBlock(`b${++this.#names}`, source)
    this.#blocks[block.name] = source
    this.items.add(block)
    return block
  }

  /** How many bytes such a block would have. */
  lengthOf(source: BlockSource): number {
    return this.#forgeBlock(`b${++this.#names}`, source).bytes.length
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
  scenario(about: string, ending: readonly StepSource[]): ScenarioSource {
    return {
      format: 'touchstone-scenario/1',
      title: `Generated: ${about}`,
      story: 'Found by telling generated stories to two engines, and made as small as it would become.',
      sources: ['touchstone conform --generated'],
      chain: this.#variant,
      startTime: this.#startTime,
      keys: [...KEYS],
      ...this.#neededBy([...this.#steps, ...ending]),
      steps: [...this.#steps, ...ending],
    }
  }

  /** Only what the steps speak of, and what that rests upon. */
  #neededBy(steps: readonly StepSource[]): Pick<ScenarioSource, 'transactions' | 'blocks'> {
    const sources = new Map<string, BlockSource | TransactionSource>([
      ...Object.entries(this.#transactions),
      ...Object.entries(this.#blocks),
    ])
    const needed = new Set<string>()
    const need = (text: string) => {
      for (const [name] of text.matchAll(/\b[bt]\d+\b/g)) {
        const source = sources.get(name)
        if (source === undefined || needed.has(name)) continue
        needed.add(name)
        need(JSON.stringify(source))
      }
    }
    need(JSON.stringify(steps))
    const kept = <Source>(all: Record<string, Source>) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => needed.has(name)))
    return { transactions: kept(this.#transactions), blocks: kept(this.#blocks) }
  }

  #forgeBlock(name: string, source: BlockSource): CompiledBlock {
    this.#plan.blocks[name] = blockSchema.parse(source)
    return this.#forge.block(name)
  }
}
