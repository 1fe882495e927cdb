import { match, P } from 'ts-pattern'
import type { Engine } from '../../ports/engine.ts'
import type { CompiledBlock, CompiledItem } from '../../scenario/compiled.ts'
import type { BlockSource, ScenarioSource } from '../../scenario/index.ts'
import type { Judgement } from '../agreement.ts'
import { Draft } from './draft.ts'
import { Disagreement, Duel, type DuelWatcher } from './duel.ts'
import { makeFault } from './faults.ts'
import type { Move, Story } from './moves.ts'
import { makeSpends, orNothing } from './spends.ts'

/** What came of a story; `scenario` replays it up to where the engines parted. */
export interface Played {
  readonly disagreement?: Disagreement
  readonly scenario: () => ScenarioSource
}

/** Tells one story to the specification and to a target until they disagree or it ends. */
export function playStory(
  story: Story,
  target: Engine,
  judgement: Judgement,
  watch: (draft: Draft) => DuelWatcher,
): Played {
  const draft = new Draft(story.chain)
  const duel = new Duel(draft, target, judgement, watch(draft))
  const told = (disagreement?: Disagreement): Played => ({
    ...(disagreement === undefined ? {} : { disagreement }),
    scenario: () => draft.scenario(disagreement?.message ?? 'no disagreement', duel.expectations()),
  })
  try {
    const teller = new Teller(draft, duel, target)
    for (const move of story.moves) teller.play(move)
    return told()
  } catch (error) {
    if (error instanceof Disagreement) return told(error)
    throw error
  }
}

/** How far apart blocks are in time: fast branches become harder, slow ones easier. */
const PACES = ['parent+600', 'parent+1', 'mtp+1', 'parent+150', 'parent+2400', 'parent+1201'] as const
const EASING_PACE = 'parent+2400'
const TOP_BITS = 0x20000000

/** Turns moves into deliveries, by what there is when each begins. */
class Teller {
  readonly #draft: Draft
  readonly #duel: Duel
  readonly #target: Engine
  /** Whatever was delivered. */
  readonly #told: CompiledItem[] = []

  constructor(draft: Draft, duel: Duel, target: Engine) {
    this.#draft = draft
    this.#duel = duel
    this.#target = target
  }

  play(move: Move): void {
    match(move)
      .with({ move: 'grow' }, (one) => this.#grow(one))
      .with({ move: 'fork' }, (one) => this.#fork(one))
      .with({ move: 'fault' }, (one) => this.#fault(one))
      .with({ move: 'loose' }, (one) => this.#loose(one))
      .with({ move: 'again' }, (one) => this.#again(one))
      .with({ move: P.union('flip', 'cut') }, (one) => this.#distort(one))
      .with({ move: P.union('invalidate', 'reconsider') }, (one) => this.#declare(one))
      .with({ move: 'wait' }, ({ seconds }) => {
        this.#draft.now += seconds
      })
      .exhaustive()
  }

  get #tip(): CompiledBlock {
    const item = this.#draft.items.withHash(this.#duel.tip)[0]
    return item?.kind === 'block' ? item : this.#draft.genesis
  }

  #tell(name: string, as: 'whole' | 'header' = 'whole'): void {
    const item = this.#draft.items.named(name)
    this.#told.push(item)
    this.#duel.deliver(item, as)
  }

  #toldBefore(choice: number): CompiledItem | undefined {
    return this.#told[choice % Math.max(1, this.#told.length)]
  }

  /** Loose transactions that the specification would mine, parents first. */
  #pool(): string[] {
    const held = new Set(this.#target.capabilities.has('mempool') ? this.#duel.mempool : [])
    return this.#told.flatMap((item) =>
      item.kind === 'transaction' && held.delete(item.hash) ? [item.name] : [],
    )
  }

  #timed(parent: CompiledBlock, pace: number, block: BlockSource): BlockSource {
    return { ...block, time: this.#draft.isHard(parent) ? EASING_PACE : PACES[pace % PACES.length]! }
  }

  #grow({
    depth,
    spends,
    fromPool,
    pace,
    signals,
    commits,
    headerFirst,
  }: Extract<Move, { move: 'grow' }>): void {
    const parent = this.#draft.ancestor(this.#tip, depth)
    const pool = fromPool && depth === 0 ? this.#pool() : []
    const transactions = [
      ...pool,
      ...makeSpends(this.#draft, parent, pool.length > 0 ? [] : spends).map(({ name }) => name),
    ]
    const { name } = this.#draft.block(
      this.#timed(parent, pace, {
        extends: parent.name,
        transactions,
        version: TOP_BITS | signals,
        ...(commits ? { coinbase: { witnessCommitment: 'always' } } : {}),
      }),
    )
    if (headerFirst) this.#tell(name, 'header')
    this.#tell(name)
  }

  #fork({ depth, length, spends, reuse, pace, delivery }: Extract<Move, { move: 'fork' }>): void {
    const tip = this.#tip
    const base = this.#draft.ancestor(tip, depth)
    const rivals =
      reuse && base !== tip ? this.#draft.ancestor(tip, depth - 1).transactions.map(({ name }) => name) : []
    const known = rivals.filter((name) => name.startsWith('t'))
    const branch: string[] = []
    let parent = base
    while (branch.length < length) {
      const first = branch.length === 0
      const made =
        first && known.length > 0
          ? known
          : branch.length === 1
            ? makeSpends(this.#draft, parent, spends).map(({ name }) => name)
            : []
      parent = this.#draft.block(this.#timed(parent, pace, { extends: parent.name, transactions: made }))
      branch.push(parent.name)
    }
    if (delivery === 'headers-first') for (const name of branch) this.#tell(name, 'header')
    const ordered = delivery === 'backwards' ? branch.toReversed() : branch
    for (const name of ordered) {
      if (delivery === 'header-then-block') this.#tell(name, 'header')
      this.#tell(name)
    }
    if (delivery === 'backwards') for (const name of branch) this.#tell(name)
  }

  #fault({ depth, kind, choice, spends, child }: Extract<Move, { move: 'fault' }>): void {
    const parent = this.#draft.ancestor(this.#tip, depth)
    const honest = this.#timed(parent, 0, {
      extends: parent.name,
      transactions: makeSpends(this.#draft, parent, spends).map(({ name }) => name),
    })
    const made = orNothing(() => {
      const { faulty, original } = makeFault(kind, { draft: this.#draft, parent, honest, choice })
      return { block: this.#draft.block(faulty), original }
    })
    if (made === undefined) return
    this.#tell(made.block.name)
    if (made.original !== undefined) this.#tell(made.original.name)
    // What would take long to mine upon is left alone.
    if (child && !this.#draft.isHard(made.block))
      this.#tell(this.#draft.block(this.#timed(made.block, 0, { extends: made.block.name })).name)
  }

  /** Bytes that were told before, one bit flipped, or the end cut off or grown. */
  #distort(move: Extract<Move, { move: 'flip' | 'cut' }>): void {
    const item = this.#toldBefore(move.item)
    if (item === undefined) return
    const raw = Buffer.from(
      move.move === 'flip' ? flipped(item.bytes, move) : cut(item.bytes, move.length),
    ).toString('hex')
    const distorted = orNothing(() =>
      item.kind === 'transaction'
        ? this.#draft.transaction({ raw })
        : this.#draft.block({ extends: item.parent ?? item.name, raw }),
    )
    if (distorted === undefined) return
    if (distorted.kind === 'transaction' && !this.#target.capabilities.has('mempool')) return
    this.#tell(distorted.name)
  }

  #loose({ spends }: Extract<Move, { move: 'loose' }>): void {
    if (!this.#target.capabilities.has('mempool')) return
    for (const { name } of makeSpends(this.#draft, this.#tip, spends)) this.#tell(name)
  }

  #again({ item: choice, asHeader }: Extract<Move, { move: 'again' }>): void {
    const item = this.#toldBefore(choice)
    if (item !== undefined) this.#duel.deliver(item, asHeader ? 'header' : 'whole')
  }

  #declare({ move: what, block: choice }: Extract<Move, { move: 'invalidate' | 'reconsider' }>): void {
    if (!this.#target.capabilities.has('invalidate')) return
    const near =
      what === 'invalidate' ? this.#draft.ancestor(this.#tip, choice % 4) : this.#toldBefore(choice)
    if (near?.kind === 'block' && near.parent !== undefined) this.#duel.declare(what, near)
  }
}

function flipped(bytes: Uint8Array, { offset, bit }: { offset: number; bit: number }): Uint8Array {
  const copy = Uint8Array.from(bytes)
  if (copy.length > 0) copy[offset % copy.length]! ^= 1 << bit
  return copy
}

const TAIL_MAX = 5

/** Up to so many bytes longer. */
function cut(bytes: Uint8Array, length: number): Uint8Array {
  const wanted = length % (bytes.length + TAIL_MAX)
  const copy = new Uint8Array(wanted)
  copy.set(bytes.subarray(0, wanted))
  return copy
}
