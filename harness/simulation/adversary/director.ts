import { Draft } from '../../generators/index.ts'
import type { BlockSource, CompiledBlock, CompiledScenario, Scenario, Step } from '../../scenario/index.ts'
import type { Stage } from '../disturbances/index.ts'
import type { Host } from '../simulator/host.ts'
import type { Simulation } from '../simulator/simulation.ts'
import { growRival } from './branches.ts'

/**
 * Stands between a plan of attack and a running world: makes blocks and transactions on what the nodes have at that
 * moment, carries the steps out, and keeps all of it as the scenario that replays the run.
 */
export class Director extends Draft implements Stage {
  readonly world: Simulation
  readonly #base: CompiledScenario
  readonly #steps: Step[] = []

  constructor(world: Simulation, base: CompiledScenario) {
    const { chain: reference, chainFile: chain, startTimeMs, scenario } = base
    super({ reference, chain, startTime: startTimeMs / 1000, keys: scenario.keys, items: world.items })
    this.world = world
    this.#base = base
  }

  get hosts(): readonly Host[] {
    return this.world.hosts
  }

  /** The node of this number, counted round. */
  host(index: number): Host {
    return this.hosts[index % this.hosts.length]!
  }

  /** Unix seconds, true time. */
  get unixTime(): number {
    return Math.floor((this.#base.startTimeMs + this.world.now) / 1000)
  }

  /** Where this node stands; a node that is down stands at genesis. */
  tipOf(host: Host): CompiledBlock {
    const item = host.node && this.world.items.withHash(host.node.view.tip().hash)[0]
    return item?.kind === 'block' ? item : this.genesis
  }

  /** Unconfirmed transactions that this node would mine, parents first. */
  mempoolOf(host: Host): string[] {
    const held = new Set(host.node?.view.mempool() ?? [])
    return [...this.world.items].flatMap((item) =>
      item.kind === 'transaction' && held.has(item.hash) ? [item.name] : [],
    )
  }

  override addBlock(source: BlockSource): CompiledBlock {
    return super.addBlock(this.#withTime(source))
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

  mark(name: string): void {
    this.world.mark(name)
  }

  reorganise(host: Host, depth: number): void {
    const shape = { depth, length: depth + 1, pace: 0, spending: depth }
    const rival = growRival(this, this.tipOf(host), shape)
    this.send(
      rival.map((block) => block.name),
      [host],
    )
  }

  /** The whole run so far, as the file that replays it. */
  scenario(title: string, story: string, faults: Scenario['network']['faults']): Scenario {
    const { scenario } = this.#base
    return {
      ...scenario,
      title,
      story,
      network: { ...scenario.network, faults },
      ...this.specs(),
      steps: this.#steps,
    }
  }

  /** By default at the usual spacing, but neither in the future nor where mining would take long. */
  #withTime(source: BlockSource): BlockSource {
    if (source.time !== undefined || source.extends === undefined) return source
    const parent = this.items.block(source.extends)
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
}

type SendManner = Pick<Extract<Step, { do: 'send' }>, 'as' | 'via'>
