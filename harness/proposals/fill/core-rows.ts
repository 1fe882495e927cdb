import { encodeTransaction, FEATURES, type Feature, toHex, type Upgrade } from '../../../spec/index.ts'
import { activationOf, featuresOf, judgeUnder } from '../in-force.ts'
import { faultToday, namedExamples, type Spend, spendIn } from './examples.ts'

type Prevout = readonly [txid: string, index: number, script: string, amount: number]
/** A row of Core's tx_valid.json, with the flags that stay on throughout and that leaving out is not minimal, as drafts add them. */
type ValidRow = readonly [readonly Prevout[], string, string, string, boolean]
type InvalidRow = readonly [readonly Prevout[], string, string]

/** Core's two files of transactions; scripts alone are judged by these. */
export interface CoreRows {
  readonly valid: readonly (ValidRow | readonly [string])[]
  readonly invalid: readonly (InvalidRow | readonly [string])[]
}

/** What a draft's examples are in Core's formats: valid under all flags but those left out, invalid under those named. [Core transaction_tests.cpp] */
export function fillCoreRows(draft: Upgrade, seed: number, draws: number): CoreRows | undefined {
  const own = draft.features ?? []
  const { after } = activationOf(draft)
  const consensus = featuresOf(after)
  const valid: (ValidRow | readonly [string])[] = []
  const invalid: (InvalidRow | readonly [string])[] = []
  for (const named of namedExamples(draft, seed, draws)) {
    const spend = spendIn(named.example)
    if ('rule' in named.example || spend === undefined || faultToday(spend) !== undefined) continue
    const { transaction, spentOutputs } = spend
    const bytes = toHex(encodeTransaction(transaction))
    const prevouts = prevoutsOf(spend)
    const comment = [`${draft.id}, ${named.name}`] as const
    const judge = (features: readonly Feature[]) =>
      judgeUnder(after, features).inputs(transaction, spentOutputs)
    if (named.isAccepted) {
      const excluded = excludedBy((features) => judge([...features, ...own]) === 'OK', own)
      valid.push(comment, [prevouts, bytes, excluded.join(',') || 'NONE', [...own].join(','), true])
    } else {
      invalid.push(comment, [prevouts, bytes, consensus.join(',')])
      const excluded = excludedBy((features) => judge(features) === 'OK', own)
      valid.push(comment, [prevouts, bytes, [...own, ...excluded].join(','), '', true])
    }
  }
  if (valid.length === 0) return undefined
  const about = `${draft.id} (${draft.sources.join(', ')})`
  return {
    valid: [
      [`${about}: transactions which are valid; [[[txid, index, script, amount]…], transaction,`],
      ['excluded verifyFlags, flags that stay on, true: others may be left out as well]'],
      ...valid,
    ],
    invalid: [
      [`${about}: transactions which are invalid under the verifyFlags; BADTX is never used here`],
      ...invalid,
    ],
  }
}

/** As few flags as can be without which a transaction is valid, one after the other taken back in. */
function excludedBy(
  isValid: (features: readonly Feature[]) => boolean,
  own: readonly Feature[],
): readonly Feature[] {
  let kept: readonly Feature[] = []
  for (const flag of FEATURES) {
    if (own.includes(flag)) continue
    const more = [...kept, flag]
    if (isValid(more)) kept = more
  }
  return FEATURES.filter((flag) => !kept.includes(flag) && !own.includes(flag))
}

function prevoutsOf({ transaction, spentOutputs }: Spend): readonly Prevout[] {
  return spentOutputs.map(({ value, script }, index) => {
    const { txid, index: vout } = transaction.inputs[index]!.outpoint
    return [txid, vout, script.length === 0 ? '' : `0x${toHex(script)}`, Number(value)]
  })
}
