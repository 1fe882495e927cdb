import type { StoryDraft } from '../../../generators/index.ts'
import type { Verdict } from '../../../ports/index.ts'
import type { CompiledBlock, CompiledItem } from '../../../scenario/index.ts'
import type { RuleAccount, RuleCount } from '../../coverage/generated/account.ts'
import type { SessionWatcher } from './differential-session.ts'

/** What was tried, by the specification's verdicts. */
export interface GeneratedCounts {
  readonly stories: number
  readonly blocks: number
  readonly headers: number
  readonly unconfirmedTransactions: number
  /** Beside coinbases. */
  readonly transactionsInBlocks: number
  /** How often each outcome occurred; rejections by class. */
  readonly outcomes: Readonly<Record<string, number>>
  /** By Core's reject string. */
  readonly rejections: Readonly<Record<string, number>>
  /** Every rule of the specification by its id, in checking order. */
  readonly rules: Readonly<Record<string, RuleCount>>
  readonly reorganisations: number
  /** Soft forks that began to be in force while the tip grew. */
  readonly activations: number
  /** Reorganisations after which other soft forks were in force than before. */
  readonly reorganisationsAcrossActivations: number
}

/** What must all have occurred for an agreement to mean something. */
const CLASSES = [
  'block connected',
  'block stored',
  'block duplicate',
  'block invalid-ancestor',
  'block rejected/invalid',
  'block rejected/mutated',
  'block rejected/premature',
  'block rejected/missing',
  'header stored',
  'header rejected/invalid',
] as const
const UNCONFIRMED_CLASSES = [
  'transaction accepted',
  'transaction duplicate',
  'transaction rejected/invalid',
  'transaction rejected/premature',
  'transaction rejected/missing',
] as const

/** Counts what many stories tried. */
export class Tally {
  #stories = 0
  #blocks = 0
  #headers = 0
  #unconfirmedTransactions = 0
  #transactionsInBlocks = 0
  #reorganisations = 0
  #activations = 0
  #acrossActivations = 0
  readonly #outcomes: Record<string, number> = {}
  readonly #rejections: Record<string, number> = {}
  readonly #account: RuleAccount

  constructor(account: RuleAccount) {
    this.#account = account
  }

  /** Blocks and unconfirmed transactions. */
  get deliveries(): number {
    return this.#blocks + this.#unconfirmedTransactions
  }

  /** Listens to one more story. */
  watch(draft: StoryDraft): SessionWatcher {
    this.#stories++
    const activeAbove = draft.activations.above
    let tip = draft.genesis
    return {
      delivered: (item, as, verdict) => this.#count(item, as, verdict),
      settled: (hash) => {
        if (hash === tip.hash) return
        const next = draft.items.withHash(hash)[0] as CompiledBlock
        const [before, after] = [activeAbove(tip), activeAbove(next)]
        const isExtension =
          next.height > tip.height && draft.ancestor(next, next.height - tip.height).hash === tip.hash
        if (isExtension) this.#activations += [...after].filter((id) => !before.has(id)).length
        else {
          this.#reorganisations++
          if ([...before].sort().join() !== [...after].sort().join()) this.#acrossActivations++
        }
        tip = next
      },
    }
  }

  counts(): GeneratedCounts {
    return {
      stories: this.#stories,
      blocks: this.#blocks,
      headers: this.#headers,
      unconfirmedTransactions: this.#unconfirmedTransactions,
      transactionsInBlocks: this.#transactionsInBlocks,
      outcomes: sorted(this.#outcomes),
      rejections: sorted(this.#rejections),
      rules: this.#account.counts(),
      reorganisations: this.#reorganisations,
      activations: this.#activations,
      reorganisationsAcrossActivations: this.#acrossActivations,
    }
  }

  /** Classes that never occurred. */
  missing(withUnconfirmed: boolean): string[] {
    const classes: string[] = [...CLASSES, ...(withUnconfirmed ? UNCONFIRMED_CLASSES : [])].filter(
      (outcome) => !this.#outcomes[outcome],
    )
    if (this.#reorganisations === 0) classes.push('reorganisation')
    if (this.#activations === 0) classes.push('activation')
    if (this.#acrossActivations === 0) classes.push('reorganisation across an activation')
    return [...classes, ...this.#account.missing(withUnconfirmed)]
  }

  #count(item: CompiledItem, as: 'whole' | 'header', verdict: Verdict): void {
    const subject = as === 'header' ? 'header' : item.kind
    if (subject === 'header') this.#headers++
    else if (item.kind === 'transaction') this.#unconfirmedTransactions++
    else {
      this.#blocks++
      this.#transactionsInBlocks += item.transactions.length
    }
    const outcome = verdict.outcome === 'rejected' ? `rejected/${verdict.class}` : verdict.outcome
    increment(this.#outcomes, `${subject} ${outcome}`)
    if (verdict.outcome === 'rejected') increment(this.#rejections, verdict.reason)
  }
}

function increment(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1
}

/** The most frequent first. */
function sorted(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([, left], [, right]) => right - left))
}
