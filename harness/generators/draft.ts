import type { ChainFile, ChainReference } from '../ports/index.ts'
import type { CompiledBlock, CompiledTransaction, ItemTable } from '../scenario/index.ts'
import {
  type BlockSource,
  type BlockSpec,
  blockSchema,
  createForge,
  type Forge,
  type Lock,
  type Scenario,
  type TransactionSource,
  type TransactionSpec,
  transactionSchema,
} from '../scenario/index.ts'
import { type Activations, createActivations } from './activations.ts'
import { type BranchBook, type BranchCoin, createBranchBook } from './branch-book.ts'

/** Blocks harder than this are given a time that makes the next ones easier. */
const WORK_MAX = 64n
/** No block extends one that is harder than this: no time is left that would make mining easier. */
const WORK_LIMIT = 4096n

/** What a draft is made on. */
export interface DraftGround {
  readonly reference: ChainReference
  readonly chain: ChainFile
  /** Unix seconds. */
  readonly startTime: number
  /** Each is a key pair. */
  readonly keys: readonly string[]
  /** Receives each block and transaction that the draft makes. */
  readonly items: ItemTable
}

/** A story in the making: makes its blocks and transactions, and knows the branches that they form. */
export abstract class Draft {
  readonly chain: ChainFile
  readonly items: ItemTable
  readonly activations: Activations
  /** What the scenario that replays the story holds. */
  protected readonly sources = {
    transactions: {} as Record<string, TransactionSource>,
    blocks: {} as Record<string, BlockSource>,
  }
  readonly #plan: {
    readonly keys: readonly string[]
    readonly transactions: Record<string, TransactionSpec>
    readonly blocks: Record<string, BlockSpec>
  }
  readonly #forge: Forge
  readonly #book: BranchBook
  #transactionCount = 0
  #blockCount = 0

  constructor({ reference, chain, startTime, keys, items }: DraftGround) {
    this.chain = chain
    this.items = items
    this.#plan = { keys, transactions: {}, blocks: {} }
    this.#forge = createForge(chain, startTime, this.#plan)
    this.#book = createBranchBook(items)
    this.activations = createActivations(reference, items)
  }

  /** Unix seconds: the present of the story. */
  abstract get unixTime(): number

  get isSignet(): boolean {
    return this.chain.signetChallenge !== undefined
  }

  get genesis(): CompiledBlock {
    return this.#forge.genesis
  }

  /** @throws ScenarioError when the parts do not fit each other */
  addTransaction(source: TransactionSource): CompiledTransaction {
    const name = `t${++this.#transactionCount}`
    this.#plan.transactions[name] = transactionSchema.parse(source)
    const transaction = this.#forge.transaction(name)
    this.sources.transactions[name] = source
    this.items.add(transaction)
    return transaction
  }

  /** @throws ScenarioError when the parts do not fit each other */
  addBlock(source: BlockSource): CompiledBlock {
    const block = this.probe(source)
    this.sources.blocks[block.name] = source
    this.items.add(block)
    return block
  }

  /** What such a block would be; it is no part of the story. */
  probe(source: BlockSource): CompiledBlock {
    const name = `b${++this.#blockCount}`
    this.#plan.blocks[name] = blockSchema.parse(source)
    return this.#forge.block(name)
  }

  /** Blocks forged so far, probes included. */
  protected get blockCount(): number {
    return this.#blockCount
  }

  /** The transactions and blocks of the story, read as a scenario reads them. */
  protected specs(): Pick<Scenario, 'transactions' | 'blocks'> {
    const { transactions, blocks } = this.#plan
    return {
      transactions: keptIn(this.sources.transactions, transactions),
      blocks: keptIn(this.sources.blocks, blocks),
    }
  }

  /** The names of a block's transactions that the draft made: coinbases and undecoded ones have none. */
  transactionsIn(block: CompiledBlock): string[] {
    return block.transactions.map(({ name }) => name).filter((name) => name in this.sources.transactions)
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

  /** Coins that a transaction in the next block may spend. */
  matureCoinsAt(block: CompiledBlock): BranchCoin[] {
    const { coinbaseMaturityBlocks } = this.chain.limits
    return this.coinsAt(block).filter(
      (coin) => !coin.isCoinbase || block.height + 1 - coin.height >= coinbaseMaturityBlocks,
    )
  }

  /** The block so many blocks further down, or genesis. */
  ancestor(block: CompiledBlock, depth: number): CompiledBlock {
    let at = block
    for (let left = depth; left > 0 && at.parent !== undefined; left--) at = this.items.block(at.parent)
    return at
  }

  /** Whether mining on this block takes so long that the next ones had better be slow. */
  isHard(block: CompiledBlock): boolean {
    return this.#workOf(block) > WORK_MAX
  }

  /** Whether mining on this block takes too long. */
  isTooHard(block: CompiledBlock): boolean {
    return this.#workOf(block) > WORK_LIMIT
  }

  #workOf(block: CompiledBlock): bigint {
    const below = block.parent === undefined ? 0n : this.items.block(block.parent).chainWork
    return block.chainWork - below
  }
}

/** Probes and what could not be forged are planned, but not kept. */
function keptIn<Spec>(kept: Record<string, unknown>, planned: Record<string, Spec>): Record<string, Spec> {
  return Object.fromEntries(Object.entries(planned).filter(([name]) => name in kept))
}
