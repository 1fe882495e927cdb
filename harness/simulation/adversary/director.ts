import { type BranchBook, type BranchCoin, createBranchBook } from '../../generators/index.ts'
import type { ChainFile } from '../../ports/index.ts'
import type { CompiledBlock, CompiledScenario, CompiledTransaction } from '../../scenario/index.ts'
import {
  type BlockSource,
  type BlockSpec,
  blockSchema,
  createForge,
  type Forge,
  type Scenario,
  type Step,
  type TransactionSource,
  type TransactionSpec,
  transactionSchema,
} from '../../scenario/index.ts'
import type { Host } from '../simulator/host.ts'
import type { Simulation } from '../simulator/simulation.ts'

/** Blocks harder than this are not forged: the next one gets a time that makes mining easier again. */
const WORK_MAX = 64n
/** On blocks harder than this nobody mines any more: there is no time left that would make it easier. */
const WORK_LIMIT = 4096n

/**
 * Stands between a plan of attack and a running world: makes blocks and transactions on what the nodes have at that
 * moment, carries the steps out, and keeps all of it as the scenario that replays the run.
 */
export class Director {
  readonly world: Simulation
  readonly chain: ChainFile
  readonly #base: CompiledScenario
  readonly #forge: Forge
  readonly #book: BranchBook
  readonly #transactions: Record<string, TransactionSpec> = {}
  readonly #blocks: Record<string, BlockSpec> = {}
  readonly #steps: Step[] = []

  constructor(world: Simulation, base: CompiledScenario) {
    this.world = world
    this.chain = base.chainFile
    this.#base = base
    const { keys } = base.scenario
    const plan = { keys, transactions: this.#transactions, blocks: this.#blocks }
    this.#forge = createForge(base.chainFile, base.startTimeMs / 1000, plan)
    this.#book = createBranchBook(world.items)
  }

  /** The node of this number, counted round. */
  host(index: number): Host {
    return this.world.hosts[index % this.world.hosts.length]!
  }

  /** Unix seconds, true time. */
  get unixTime(): number {
    return Math.floor((this.#base.startTimeMs + this.world.now) / 1000)
  }

  /** Where this node stands; a node that is down stands at genesis. */
  tipOf(host: Host): CompiledBlock {
    const item = host.node && this.world.items.withHash(host.node.view.tip().hash)[0]
    return item?.kind === 'block' ? item : this.#forge.genesis
  }

  ancestor(block: CompiledBlock, depth: number): CompiledBlock {
    let at = block
    for (let left = depth; left > 0 && at.parent !== undefined; left--) at = this.world.items.block(at.parent)
    return at
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

  /** Loose transactions that this node would mine, parents first. */
  mempoolOf(host: Host): string[] {
    const held = new Set(host.node?.view.mempool() ?? [])
    return [...this.world.items].flatMap((item) =>
      item.kind === 'transaction' && held.has(item.hash) ? [item.name] : [],
    )
  }

  addTransaction(source: TransactionSource): CompiledTransaction {
    const name = `t${Object.keys(this.#transactions).length + 1}`
    this.#transactions[name] = transactionSchema.parse(source)
    const transaction = this.#forge.transaction(name)
    this.world.items.add(transaction)
    return transaction
  }

  addBlock(source: BlockSource): CompiledBlock {
    const name = `b${Object.keys(this.#blocks).length + 1}`
    this.#blocks[name] = blockSchema.parse(this.#withTime(source))
    const block = this.#forge.block(name)
    this.world.items.add(block)
    return block
  }

  /** Blocks one on another from this one on, `first` in the lowest of them, fewer where they get too hard; nobody has them yet. */
  grow(base: CompiledBlock, count: number, first: readonly string[] = []): CompiledBlock[] {
    const branch: CompiledBlock[] = []
    for (let parent = base; branch.length < count && !this.isTooHard(parent); branch.push(parent))
      parent = this.addBlock({
        extends: parent.name,
        transactions: branch.length === 0 ? [...first] : [],
      })
    return branch
  }

  /** Carries a step out now. Several in a row: each when nothing is left to do for the one before. */
  perform(...steps: readonly Step[]): void {
    for (const step of steps)
      this.world.schedule(this.world.now, () => {
        const { now: at } = this.world
        this.world.perform({ ...step, at, index: this.#steps.length })
        this.#steps.push({ ...step, at })
      })
  }

  /** Goes on after this many ms. */
  later(ms: number, act: () => void): void {
    this.world.schedule(this.world.now + ms, act)
  }

  /** Hands items to nodes, one after the other. */
  send(items: readonly string[], to: readonly Host[], manner: Partial<SendManner> = {}): void {
    const names = to.map((host) => host.name)
    for (const item of items)
      this.perform({ do: 'send', items: [item], to: names, as: 'whole', via: 'submit', ...manner })
  }

  /** The whole run so far, as the file that replays it. */
  scenario(title: string, story: string, faults: Scenario['network']['faults']): Scenario {
    const { scenario } = this.#base
    return {
      ...scenario,
      title,
      story,
      network: { ...scenario.network, faults },
      transactions: this.#transactions,
      blocks: this.#blocks,
      steps: this.#steps,
    }
  }

  /** Unless told when: at the usual spacing, but neither in the future nor where mining would take long. */
  #withTime(source: BlockSource): BlockSource {
    if (source.time !== undefined || source.extends === undefined) return source
    const parent = this.#forge.block(source.extends)
    const { targetSpacingSeconds, maxFutureSeconds } = this.chain.limits
    const latest = this.unixTime + maxFutureSeconds
    if (this.isHard(parent) && parent.time + 4 * targetSpacingSeconds <= latest)
      return { ...source, time: `parent+${4 * targetSpacingSeconds}` }
    return parent.time + targetSpacingSeconds <= latest ? source : { ...source, time: this.#earliest(parent) }
  }

  /** The earliest time that a block on this one may have. [BIP94 timewarp rule] */
  #earliest(parent: CompiledBlock): string {
    const { enforceBip94, retargetIntervalBlocks } = this.chain.limits
    return enforceBip94 && (parent.height + 1) % retargetIntervalBlocks === 0 ? 'parent+1' : 'mtp+1'
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
    const below = block.parent === undefined ? 0n : this.world.items.block(block.parent).chainWork
    return block.chainWork - below
  }
}

type SendManner = Pick<Extract<Step, { do: 'send' }>, 'as' | 'via'>
