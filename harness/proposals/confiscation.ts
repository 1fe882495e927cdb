import type { SpendExample, Upgrade } from '../../spec/index.ts'
import { activationOf, judgeUnder } from './in-force.ts'
import { SPEND_TEMPLATES } from './templates.ts'

/** A way to hold coins that works today and not while the draft is in force. */
export interface Confiscated {
  readonly template: string
  readonly spend: SpendExample
  readonly error: string
}

/** Which ways to hold coins stop working. Coins from before the draft are spared where the draft says so. */
export interface ConfiscationReport {
  readonly tried: number
  readonly confiscated: readonly Confiscated[]
  /** Ways that the same transaction spends on both branches of a split: who is paid on one can take it on the other. */
  readonly replayable: readonly string[]
  readonly sparesOlderCoins: boolean
}

/** Spends every template under today's rules and under the draft's. @throws Error when a template is not valid today */
export function findConfiscation(draft: Upgrade): ConfiscationReport {
  const change = activationOf(draft)
  const [before, after] = [judgeUnder(change.before), judgeUnder(change.after)]
  const confiscated = SPEND_TEMPLATES.flatMap(({ name, spend }) => {
    const today = before.spend(spend)
    if (today !== 'OK') throw new Error(`template ${name}: ${today}`)
    const error = after.spend(spend)
    return error === 'OK' ? [] : [{ template: name, spend, error }]
  })
  const lost = new Set(confiscated.map(({ template }) => template))
  const replayable = SPEND_TEMPLATES.map(({ name }) => name).filter((name) => !lost.has(name))
  return {
    tried: SPEND_TEMPLATES.length,
    confiscated,
    replayable,
    sparesOlderCoins: draft.sparesOlderCoins === true,
  }
}
