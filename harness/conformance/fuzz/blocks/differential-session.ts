import { verdictText } from '../../../../reports/index.ts'
import { Abstention } from '../../../adapters/index.ts'
import type {
  ChainReference,
  ChainSession,
  Engine,
  SpecOracle,
  Strictness,
  Verdict,
} from '../../../ports/index.ts'
import { isOneOfMany, isSameVerdict } from '../../../ports/index.ts'
import type { CompiledItem, ScenarioSource } from '../../../scenario/index.ts'

/** Two engines were given the same and say different things. */
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
export interface SessionWatcher {
  delivered(item: CompiledItem, as: 'whole' | 'header', verdict: Verdict): void
  /** After anything that may have moved the tip. */
  settled(tip: string): void
}

/** Between whom, and how closely their words must agree. */
export interface Engines {
  /** The specification. */
  readonly reference: SpecOracle
  readonly target: Engine
  readonly strictness: Strictness
}

/** One chain opened in the specification and in a target; each is given the same, and asked where it stands then. */
export class DifferentialSession {
  readonly #engines: Engines
  readonly #watcher: SessionWatcher
  readonly #wanted: ChainSession
  readonly #given: ChainSession

  #last: { readonly item: CompiledItem; readonly verdict: Verdict } | undefined

  constructor(chain: ChainReference, engines: Engines, watcher: SessionWatcher) {
    this.#engines = engines
    this.#watcher = watcher
    this.#wanted = engines.reference.openChain(chain)
    this.#given = engines.target.openChain(chain)
  }

  /** Where the specification stands. */
  get tip(): string {
    return this.#wanted.tip().hash
  }

  /** What the specification would mine. */
  get mempool(): readonly string[] {
    return this.#wanted.mempool()
  }

  /** `now`: Unix seconds. @throws Disagreement */
  deliver(item: CompiledItem, as: 'whole' | 'header', now: number): Verdict {
    const { target, strictness } = this.#engines
    const subject = item.kind === 'transaction' ? 'transaction' : as === 'header' ? 'header' : 'block'
    const want = deliverTo(this.#wanted, item, as, now)
    this.#last = { item, verdict: want }
    const got = this.#ask(subject, () => deliverTo(this.#given, item, as, now))
    const faults = () => (subject === 'block' ? (this.#wanted.faultsOf?.(item.bytes, now) ?? []) : [])
    if (
      !isSameVerdict(want, got, { subject, strictness, capabilities: target.capabilities }) &&
      !isOneOfMany(want, got, faults(), target.capabilities)
    )
      throw new Disagreement(subject, verdictText(want), verdictText(got))
    this.#watcher.delivered(item, as, want)
    this.#compareStates(subject)
    return want
  }

  /** @throws Disagreement */
  declare(what: 'invalidate' | 'reconsider', blockHash: string): void {
    this.#wanted[what](blockHash)
    this.#ask(what, () => this.#given[what](blockHash))
    this.#compareStates(what)
  }

  /** What the specification said last, and where it stands, for the file that replays the story. */
  expectations(nameOf: (hash: string) => string): ScenarioSource['steps'] {
    const tip = nameOf(this.tip)
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
    this.#ask(after, () => this.#comparePools(after))
    this.#watcher.settled(this.tip)
  }

  /** Pools differ by policy: they are compared with a target that reports where it abstains. */
  #comparePools(after: string): void {
    const target = this.#given
    if (target.abstainsFrom === undefined) return
    const [wanted, given] = [new Set(this.#wanted.mempool()), new Set(target.mempool())]
    for (const txid of new Set([...wanted, ...given]))
      if (wanted.has(txid) !== given.has(txid) && !target.abstainsFrom(txid))
        throw new Disagreement(
          `pool after ${after}`,
          `${txid} ${wanted.has(txid) ? 'in' : 'not in'} the pool`,
          given.has(txid) ? 'in' : 'not in',
        )
  }

  /** What consensus determines; pools differ by policy. */
  #stateOf(session: ChainSession): Record<string, string> {
    const { capabilities } = this.#engines.target
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
      if (error instanceof Abstention || error instanceof Disagreement) throw error
      throw new Disagreement(subject, 'an answer', error instanceof Error ? error.message : String(error))
    }
  }
}

function deliverTo(session: ChainSession, item: CompiledItem, as: 'whole' | 'header', now: number): Verdict {
  if (item.kind === 'transaction') return session.deliverTransaction(item.bytes, now)
  return as === 'header' ? session.deliverHeader(item.header, now) : session.deliverBlock(item.bytes, now)
}
