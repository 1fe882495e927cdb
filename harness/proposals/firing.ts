import type { Example, Upgrade } from '../../spec/index.ts'
import { drawsFrom } from './draws.ts'
import { activationOf, judgeUnder, rulesBroughtBy } from './in-force.ts'

/** One rule or feature of a draft, and how often its examples kept and broke it. */
export interface Firing {
  readonly kind: 'rule' | 'feature'
  readonly id: string
  readonly kept: number
  readonly broken: number
}

/** An example that does not say what the draft says. */
export interface WrongExample {
  readonly example: Example
  readonly expected: string
  readonly actual: string
}

export interface FiringReport {
  readonly firings: readonly Firing[]
  readonly wrong: readonly WrongExample[]
}

/**
 * Plays a draft's examples and draws of its generator. A rule fires both ways when some example keeps it and some
 * breaks it; a feature when what is forbidden with it is allowed without it.
 */
export function fireRules(draft: Upgrade, seed: number, runs: number): FiringReport {
  const { accepts = [], rejects = [], generator } = draft.examples ?? {}
  const drawn = generator === undefined ? [] : [...drawsFrom(seed, runs)].map((draw) => generator(draw))
  const allowed: readonly Example[] = [...accepts, ...drawn.map((pair) => pair.accepts)]
  const forbidden = [...rejects, ...drawn.map((pair) => pair.rejects)]
  const change = activationOf(draft)
  const [before, after] = [judgeUnder(change.before), judgeUnder(change.after)]
  const wrong = [
    ...allowed.map((example) => ({ example, expected: 'OK', actual: after.any(example) })),
    ...forbidden.map((example) => ({ example, expected: 'OK', actual: before.any(example) })),
    ...forbidden.map((example) => ({
      example,
      expected: 'rule' in example ? example.rule.reason : example.error,
      actual: after.any(example),
    })),
  ].filter(({ expected, actual }) => expected !== actual)
  const rules = rulesBroughtBy(draft).map((rule): Firing => {
    const about = (list: readonly Example[]) =>
      list.filter((example) => 'rule' in example && example.rule === rule).length
    return { kind: 'rule', id: rule.id, kept: about(allowed), broken: about(forbidden) }
  })
  const features = (draft.features ?? []).map((feature): Firing => {
    const others = draft.features!.filter((kept) => kept !== feature)
    const without = judgeUnder([...change.before, { ...draft, features: others }])
    const broken = forbidden.filter((example) => !('rule' in example) && without.any(example) === 'OK')
    return { kind: 'feature', id: feature, kept: allowed.length, broken: broken.length }
  })
  return { firings: [...rules, ...features], wrong }
}

/** Rules and features that only ever say one thing: nobody has seen what they are for. */
export function neverFiring({ firings }: FiringReport): readonly Firing[] {
  return firings.filter(({ kept, broken }) => kept === 0 || broken === 0)
}
