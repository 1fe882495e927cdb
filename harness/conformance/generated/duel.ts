import { Abstention } from '../../adapters/index.ts'
import type { ChainSession, Engine } from '../../ports/engine.ts'
import type { Verdict } from '../../ports/verdict.ts'
import type { CompiledItem } from '../../scenario/compiled.ts'
import { describeVerdict, type ScenarioSource } from '../../scenario/index.ts'
import { type Judgement, sameVerdict } from '../agreement.ts'
import type { Draft } from './draft.ts'

/** Two engines were told the same and say different things. */
export class Disagreement extends Error {
  override readonly name = 'Disagreement'
  readonly subject: string
  readonly expected: string
  readonly actual: string

  constructor(subject: string, expected: string, actual: string) {
    super(`${subject}: expected ${expected}, got ${actual}`)
    this.subject = subject
    this.expected = expected
    this.actual = actual
  }

  /** The same for every story that comes upon the same difference: hashes and numbers left out. */
  get signature(): string {
    return `${this.subject}: ${this.expected} | ${this.actual}`.replace(
      /\b[0-9a-f]{16,}\b|\b[bt]?\d+\b/g,
      '#',
    )
  }
}

/** Who hears of everything that happens. */
export interface DuelWatcher {
  delivered(item: CompiledItem, as: 'whole' | 'header', verdict: Verdict): void
  /** After anything that may have moved the tip. */
  settled(tip: string): void
}

/** One chain opened in the specification and in a target; each is told the same, and asked where it stands then. */
export class Duel {
  readonly #draft: Draft
  readonly #target: Engine
  readonly #judgement: Judgement
  readonly #watcher: DuelWatcher
  readonly #wanted: ChainSession
  readonly #given: ChainSession

  #last: { readonly item: CompiledItem; readonly verdict: Verdict } | undefined

  constructor(draft: Draft, target: Engine, judgement: Judgement, watcher: DuelWatcher) {
    this.#draft = draft
    this.#target = target
    this.#judgement = judgement
    this.#watcher = watcher
    this.#wanted = judgement.reference.openChain(draft.chain)
    this.#given = target.openChain(draft.chain)
  }

  /** Where the specification stands. */
  get tip(): string {
    return this.#wanted.tip().hash
  }

  /** What the specification would mine. */
  get mempool(): readonly string[] {
    return this.#wanted.mempool()
  }

  /** @throws Disagreement */
  deliver(item: CompiledItem, as: 'whole' | 'header' = 'whole'): Verdict {
    const { now } = this.#draft
    this.#draft.did({ do: 'send', items: [item.name], as })
    const subject = item.kind === 'transaction' ? 'transaction' : as === 'header' ? 'header' : 'block'
    const want = deliverTo(this.#wanted, item, as, now)
    this.#last = { item, verdict: want }
    const got = this.#ask(subject, () => deliverTo(this.#given, item, as, now))
    if (!sameVerdict(want, got, this.#target, this.#judgement.strictness))
      throw new Disagreement(subject, describeVerdict(want), describeVerdict(got))
    this.#watcher.delivered(item, as, want)
    this.#compareStates(subject)
    return want
  }

  /** @throws Disagreement */
  declare(what: 'invalidate' | 'reconsider', block: { readonly name: string; readonly hash: string }): void {
    this.#draft.did({ do: what, block: block.name })
    this.#wanted[what](block.hash)
    this.#ask(what, () => this.#given[what](block.hash))
    this.#compareStates(what)
  }

  /** What the specification said last, and where it stands, for the file that replays the story. */
  expectations(): ScenarioSource['steps'] {
    const tip = this.#draft.items.withHash(this.tip)[0]!.name
    const standing = { do: 'expect', tip, digestOf: tip } as const
    if (this.#last === undefined || this.#last.verdict.outcome === 'unknown') return [standing]
    const { item, verdict } = this.#last
    const detail = verdict.outcome === 'rejected' ? { class: verdict.class, reason: verdict.reason } : {}
    return [{ do: 'expect', verdict: { item: item.name, outcome: verdict.outcome, ...detail } }, standing]
  }

  #compareStates(after: string): void {
    const want = this.#stateOf(this.#wanted)
    const got = this.#ask(after, () => this.#stateOf(this.#given))
    for (const [part, wanted] of Object.entries(want))
      if (wanted !== got[part]) throw new Disagreement(`${part} after ${after}`, wanted, got[part]!)
    this.#watcher.settled(this.tip)
  }

  /** What consensus determines; pools differ by policy. */
  #stateOf(session: ChainSession): Record<string, string> {
    const { capabilities } = this.#target
    const { hash, height, chainWork } = session.tip()
    return {
      tip: `${hash} at height ${height} with work ${chainWork}`,
      'median time': String(session.medianTimePast()),
      ...(capabilities.has('coinDigest')
        ? { 'coin digest': session.coinDigest(), 'coin count': String(session.coinCount()) }
        : {}),
    }
  }

  /** Whatever a target throws is its answer. */
  #ask<Answer>(subject: string, ask: () => Answer): Answer {
    try {
      return ask()
    } catch (error) {
      if (error instanceof Abstention) throw error
      throw new Disagreement(subject, 'an answer', error instanceof Error ? error.message : String(error))
    }
  }
}

function deliverTo(session: ChainSession, item: CompiledItem, as: 'whole' | 'header', now: number): Verdict {
  if (item.kind === 'transaction') return session.deliverTransaction(item.bytes, now)
  return as === 'header' ? session.deliverHeader(item.header, now) : session.deliverBlock(item.bytes, now)
}
