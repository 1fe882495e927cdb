import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEngine } from '../../../adapters/index.ts'
import { FAULTS, orNothing, type Story, StoryDraft, story } from '../../../generators/index.ts'
import { type ChainSession, isSameVerdict } from '../../../ports/index.ts'
import type { CompiledBlock } from '../../../scenario/index.ts'
import { listRules } from '../../coverage/index.ts'

const REASONS = new Map(listRules().map(({ rule }) => [rule.id, rule.reason]))
const ENGINES = [createEngine('spec'), createEngine('node')] as const
const GROUNDS_MAX = 60
const CHOICES = 24
const VERSION = 0x20000007
const NOT_JUDGED: ReadonlySet<string> = new Set(['stored', 'duplicate'])

/** The rules of which the catalogue says that some block breaks them, and no other that need not break with them. */
const WANTED = [...FAULTS.values()].filter(
  ({ faults, outOfReach, unconfirmedOnly }) =>
    faults.length > 0 && outOfReach === undefined && unconfirmedOnly === undefined,
)

/** Whether it is the rule's reason, or that of a rule that never breaks without it. */
function isReasonOf(rule: string, reason: string): boolean {
  const ids = [rule, ...(FAULTS.get(rule)!.company?.with ?? [])]
  return ids.some((id) => reason.startsWith(REASONS.get(id)!))
}

/** A chain with some blocks, in the specification and in the node. */
class FaultGround {
  readonly draft: StoryDraft
  readonly #sessions: readonly ChainSession[]
  #tip: CompiledBlock

  constructor({ chain, challenge, prelude }: Pick<Story, 'chain' | 'challenge' | 'prelude'>) {
    this.draft = new StoryDraft(chain, challenge)
    this.draft.unixTime += 200_000
    this.#sessions = ENGINES.map((engine) => engine.openChain(this.draft.reference))
    this.#tip = this.draft.genesis
    for (let left = Math.max(8, prelude); left > 0; left--) {
      const block = this.draft.addBlock({ extends: this.#tip.name, version: VERSION })
      for (const session of this.#sessions) session.deliverBlock(block.bytes, this.draft.unixTime)
      this.#tip = block
    }
  }

  /** Plays one fault alone: the reasons by which specification and node refuse it, undefined where it is none, or not alone. */
  play(rule: string, kind: number, choice: number): readonly string[] | undefined {
    const { faults } = FAULTS.get(rule)!
    const honest = {
      extends: this.#tip.name,
      version: VERSION,
      transactions: rule === 'coinbase-first' ? this.#spend() : [],
    }
    const [specification] = this.#sessions
    const block = orNothing(() => {
      const made = faults[kind]!({ draft: this.draft, parent: this.#tip, honest, choice })
      for (const before of made?.before ?? []) this.#deliver(before)
      return made && this.draft.addBlock(made.faulty, made.solution)
    })
    if (block === undefined) return undefined
    const broken = specification!.faultsOf!(block.bytes, this.draft.unixTime)
    const isAlone = broken.every((reason) => isReasonOf(rule, reason))
    const breaksIt = broken.some((reason) => reason.startsWith(REASONS.get(rule)!))
    if (!isAlone || !breaksIt) return undefined
    const reasons = this.#deliver(block)
    // Where blocks had to come first, it may stand beside the best branch, or have come before: it is not judged then.
    return reasons.some((reason) => NOT_JUDGED.has(reason)) ? undefined : reasons
  }

  /** A transaction that an honest block may hold: one of a coinbase that has matured. */
  #spend(): string[] {
    const depth = this.draft.chain.limits.coinbaseMaturityBlocks - 1
    const { name, height } = this.draft.ancestor(this.#tip, depth)
    if (height === 0) return []
    const source = { inputs: [{ spends: `${name}:0` }], outputs: [{ to: 'anyone', value: 'rest' }] } as const
    return [this.draft.addTransaction({ inputs: [...source.inputs], outputs: [...source.outputs] }).name]
  }

  #deliver(block: CompiledBlock): readonly string[] {
    const { bytes } = block
    const [wanted, given] = this.#sessions.map((session) => session.deliverBlock(bytes, this.draft.unixTime))
    expect(
      isSameVerdict(wanted!, given!, { subject: 'block', strictness: 'exact' }),
      JSON.stringify([wanted, given]),
    ).toBe(true)
    if (wanted!.outcome === 'connected') this.#tip = block
    return [wanted!, given!].map((verdict) =>
      verdict.outcome === 'rejected' ? verdict.reason : verdict.outcome,
    )
  }
}

it('each fault of the catalogue, alone on a sound block, is refused by its rule', {
  timeout: 600_000,
}, () => {
  const left = new Set(WANTED.map(({ rule }) => rule))
  const grounds = fc.sample(story, { seed: 7, numRuns: GROUNDS_MAX })
  for (const drawn of grounds) {
    if (left.size === 0) break
    const ground = new FaultGround(drawn)
    for (const rule of [...left]) {
      const { faults } = FAULTS.get(rule)!
      for (let at = 0; at < faults.length * CHOICES && left.has(rule); at++) {
        const reasons = ground.play(rule, at % faults.length, Math.floor(at / faults.length))
        if (reasons === undefined) continue
        for (const reason of reasons) expect(isReasonOf(rule, reason), `${rule}: ${reason}`).toBe(true)
        left.delete(rule)
      }
    }
  }
  expect([...left]).toEqual([])
})
