import { match, P } from 'ts-pattern'
import type { Move, Story, StoryDraft } from '../../../generators/index.ts'
import {
  makeFault,
  makePair,
  makeSpends,
  orNothing,
  pick,
  planStraddle,
  SCRIPT_EDGES,
} from '../../../generators/index.ts'
import type { Engine } from '../../../ports/index.ts'
import type { BlockSource, CompiledBlock, CompiledItem } from '../../../scenario/index.ts'
import type { DifferentialSession } from './differential-session.ts'
import { distorted } from './distort.ts'

/** How far apart blocks are in time: fast branches become harder, slow ones easier. Not the table of adversary/branches.ts, whose order its pinned draws rest on. */
const PACES = ['parent+1', 'mtp+1', 'parent+150', 'parent+2400', 'parent+1201'] as const
const EASING_PACE = 'parent+2400'
const TOP_BITS = 0x20000000
const EVERY_SIGNAL = 7

type Of<Kind extends Move['move']> = Extract<Move, { move: Kind }>

/** Turns moves into deliveries, by what there is when each begins. */
export class StoryPlayer {
  readonly #draft: StoryDraft
  readonly #session: DifferentialSession
  readonly #target: Engine
  readonly #tempo: number
  /** Whatever was delivered. */
  readonly #delivered: CompiledItem[] = []

  constructor(draft: StoryDraft, session: DifferentialSession, target: Engine, tempo: number) {
    this.#tempo = tempo
    this.#draft = draft
    this.#session = session
    this.#target = target
  }

  /** So many empty blocks, of this version and from this time on, which the clock then has passed. */
  growBy(length: number, ground?: Story['ground']): void {
    if (ground !== undefined) this.#draft.unixTime = ground.startTime + length * this.#tempo
    for (let left = length; left > 0; left--) {
      const version = ground === undefined ? {} : { version: ground.version }
      const block = this.#timed(this.#tip, 0, { extends: this.#tip.name, ...version })
      const isFirst = ground !== undefined && left === length
      this.#send(this.#draft.addBlock(isFirst ? { ...block, time: ground.startTime } : block).name)
    }
  }

  play(move: Move): void {
    match(move)
      .with({ move: 'grow' }, (move) => this.#grow(move))
      .with({ move: 'fork' }, (move) => this.#fork(move))
      .with({ move: 'fault' }, (move) => this.#fault(move))
      .with({ move: 'open' }, (move) => this.#open(move))
      .with({ move: 'straddle' }, (move) => this.#straddle(move))
      .with({ move: 'unconfirmed' }, (move) => this.#unconfirmed(move))
      .with({ move: 'again' }, (move) => this.#again(move))
      .with({ move: P.union('flip', 'cut') }, (move) => this.#distort(move))
      .with({ move: P.union('invalidate', 'reconsider') }, (move) => this.#declareSome(move))
      .with({ move: 'wait' }, ({ seconds }) => {
        this.#draft.unixTime += seconds
      })
      .exhaustive()
  }

  get #tip(): CompiledBlock {
    const item = this.#draft.items.withHash(this.#session.tip)[0]
    return item?.kind === 'block' ? item : this.#draft.genesis
  }

  get #hasPool(): boolean {
    return this.#target.capabilities.has('mempool')
  }

  #send(name: string, as: 'whole' | 'header' = 'whole'): void {
    const item = this.#draft.items.named(name)
    this.#delivered.push(item)
    this.#deliver(item, as)
  }

  #deliver(item: CompiledItem, part: 'whole' | 'header'): void {
    const as = item.kind === 'transaction' ? 'whole' : part
    this.#draft.addStep({ do: 'send', items: [item.name], as })
    this.#session.deliver(item, as, this.#draft.unixTime)
  }

  #declare(what: 'invalidate' | 'reconsider', block: CompiledBlock): void {
    this.#draft.addStep({ do: what, block: block.name })
    this.#session.declare(what, block.hash)
  }

  #deliveredBefore(choice: number): CompiledItem | undefined {
    return this.#delivered[choice % Math.max(1, this.#delivered.length)]
  }

  /** Unconfirmed transactions that the specification would mine, parents first. */
  #pool(): string[] {
    const held = new Set(this.#hasPool ? this.#session.mempool : [])
    return this.#delivered.flatMap((item) =>
      item.kind === 'transaction' && held.delete(item.hash) ? [item.name] : [],
    )
  }

  #timed(parent: CompiledBlock, pace: number, block: BlockSource): BlockSource {
    const time = pace === 0 ? (`parent+${this.#tempo}` as const) : pick(PACES, pace)
    return { ...block, time: this.#draft.isHard(parent) ? EASING_PACE : time }
  }

  #grow({ depth, spends, fromPool, pace, signals, commits, headerFirst }: Of<'grow'>): void {
    const parent = this.#draft.ancestor(this.#tip, depth)
    const pool = fromPool && depth === 0 ? this.#pool() : []
    const transactions = [
      ...pool,
      ...makeSpends(this.#draft, parent, pool.length > 0 ? [] : spends).map(({ name }) => name),
    ]
    const { name } = this.#draft.addBlock(
      this.#timed(parent, pace, {
        extends: parent.name,
        transactions,
        version: TOP_BITS | signals,
        ...(commits ? { coinbase: { witnessCommitment: 'always' } } : {}),
      }),
    )
    if (headerFirst) this.#send(name, 'header')
    this.#send(name)
  }

  #fork({ depth, length, spends, reuseIn, pace, delivery }: Of<'fork'>): void {
    const tip = this.#tip
    const base = this.#draft.ancestor(tip, depth)
    const replaced = this.#transactionsAbove(base, tip)
    const branch: string[] = []
    let parent = base
    while (branch.length < length) {
      const made =
        branch.length === reuseIn
          ? replaced
          : branch.length === 1
            ? makeSpends(this.#draft, parent, spends).map(({ name }) => name)
            : []
      parent = this.#draft.addBlock(this.#timed(parent, pace, { extends: parent.name, transactions: made }))
      branch.push(parent.name)
    }
    if (delivery === 'headers-first') for (const name of branch) this.#send(name, 'header')
    const ordered = delivery === 'backwards' ? branch.toReversed() : branch
    for (const name of ordered) {
      if (delivery === 'header-then-block') this.#send(name, 'header')
      this.#send(name)
    }
    if (delivery === 'backwards') for (const name of branch) this.#send(name)
  }

  #transactionsAbove(base: CompiledBlock, tip: CompiledBlock): string[] {
    const names: string[] = []
    for (let at = tip; at !== base && at.parent !== undefined; at = this.#draft.items.block(at.parent))
      names.unshift(...this.#draft.transactionsIn(at))
    return names
  }

  #fault({ depth, kind, rules, choice, spends, child }: Of<'fault'>): void {
    const parent = this.#draft.ancestor(this.#tip, depth)
    const honest = this.#timed(parent, 0, {
      extends: parent.name,
      transactions: makeSpends(this.#draft, parent, spends).map(({ name }) => name),
    })
    const made = orNothing(() => {
      const fault = makeFault(kind, { draft: this.#draft, parent, honest, choice }, rules)
      return fault && { ...fault, block: this.#draft.addBlock(fault.faulty, fault.solution) }
    })
    if (made === undefined) return
    for (const { name } of made.before ?? []) this.#send(name)
    this.#send(made.block.name)
    if (made.original !== undefined) this.#send(made.original.name)
    // What would take long to mine upon is left alone.
    if (child && !this.#draft.isHard(made.block))
      this.#send(this.#draft.addBlock(this.#timed(made.block, 0, { extends: made.block.name })).name)
  }

  #open({ kind, unconfirmed }: Of<'open'>): void {
    const parent = this.#tip
    const pair = orNothing(() => makePair(this.#draft, parent, pick(SCRIPT_EDGES, kind)))
    if (pair === undefined) return
    if (unconfirmed && this.#hasPool) for (const name of pair) this.#send(name)
    const block = { extends: parent.name, transactions: pair }
    this.#send(this.#draft.addBlock(this.#timed(parent, 0, block)).name)
  }

  #straddle({ choice, unconfirmed, afterFirst, takesBack, pace }: Of<'straddle'>): void {
    const timed = (parent: CompiledBlock, block: BlockSource) =>
      this.#timed(parent, pace, { ...block, version: TOP_BITS | EVERY_SIGNAL })
    const plan = planStraddle(this.#draft, this.#tip, choice, timed)
    if (plan === undefined) return
    const { pair, before, after } = plan
    if (unconfirmed && this.#hasPool) for (const name of pair) this.#send(name)
    for (const name of afterFirst ? after : before) this.#send(name)
    if (unconfirmed && this.#hasPool) this.#send(pair[1])
    for (const name of afterFirst ? before : after) this.#send(name)
    if (afterFirst) this.#extend(before.at(-1)!, after.length)
    if (!takesBack || !this.#target.capabilities.has('invalidate')) return
    const block = this.#draft.items.block(afterFirst ? before[1]! : after[1]!)
    this.#declare('invalidate', block)
    this.#declare('reconsider', block)
  }

  /** Blocks on this one until it is part of the best chain, or so many. */
  #extend(name: string, blocksMax: number): void {
    let at = this.#draft.items.block(name)
    for (let left = blocksMax; left > 0 && this.#session.tip !== at.hash; left--) {
      at = this.#draft.addBlock(this.#timed(at, 0, { extends: at.name }))
      this.#send(at.name)
    }
  }

  #distort(move: Of<'flip' | 'cut'>): void {
    const item = this.#deliveredBefore(move.item)
    if (item === undefined || (item.kind === 'transaction' && !this.#hasPool)) return
    const raw = Buffer.from(distorted(item.bytes, move)).toString('hex')
    const made = orNothing(() =>
      item.kind === 'transaction'
        ? this.#draft.addTransaction({ raw })
        : this.#draft.addBlock({ extends: item.parent ?? item.name, raw }),
    )
    if (made !== undefined) this.#send(made.name)
  }

  #unconfirmed({ spends }: Of<'unconfirmed'>): void {
    if (!this.#hasPool) return
    for (const { name } of makeSpends(this.#draft, this.#tip, spends)) this.#send(name)
  }

  #again({ item: choice, asHeader }: Of<'again'>): void {
    const item = this.#deliveredBefore(choice)
    if (item !== undefined) this.#deliver(item, asHeader ? 'header' : 'whole')
  }

  #declareSome({ move: what, block: choice }: Of<'invalidate' | 'reconsider'>): void {
    if (!this.#target.capabilities.has('invalidate')) return
    const near =
      what === 'invalidate' ? this.#draft.ancestor(this.#tip, choice % 4) : this.#deliveredBefore(choice)
    if (near?.kind === 'block' && near.parent !== undefined) this.#declare(what, near)
  }
}
