import { encodeTransaction, toHex, type Upgrade } from '../../../spec/index.ts'
import { activationOf, judgeUnder } from '../in-force.ts'
import {
  aboutExample,
  faultToday,
  type LeftOut,
  namedExamples,
  rejectedToday,
  type Spend,
  spendIn,
} from './examples.ts'

/** One vector, in the shape of BIP110's: a transaction, what it spends, and whether it may be in a block while the draft is in force. */
export interface FilledVector {
  readonly name: string
  readonly rule: string
  readonly description: string
  /** Whether the draft is in force. */
  readonly active: boolean
  readonly spent_outputs: readonly {
    readonly prevout: { readonly txid: string; readonly vout: number }
    readonly scriptPubKey: string
    readonly amount: number
  }[]
  readonly tx: string
  readonly expected: 'valid' | 'invalid'
  readonly reject_reason: string | null
}

export interface FilledSpends {
  readonly vectors: readonly FilledVector[]
  /** Examples that break something else besides. */
  readonly secondFaults: readonly LeftOut[]
}

/** Vectors of a draft's examples and of draws of its generator, each twice: with the draft in force and without. */
export function fillSpends(draft: Upgrade, seed: number, draws: number): FilledSpends {
  const { before, after } = activationOf(draft)
  const judges = { false: judgeUnder(before), true: judgeUnder(after) }
  const vectors: FilledVector[] = []
  const secondFaults: LeftOut[] = []
  for (const named of namedExamples(draft, seed, draws)) {
    const { name, example } = named
    const spend = spendIn(example)
    const fault = spend && faultToday(spend)
    // Headers and blocks are no transactions: this format has no place for them.
    if (spend === undefined) continue
    if (fault !== undefined) secondFaults.push({ name, why: rejectedToday(fault) })
    else
      for (const active of [true, false]) {
        const said = judges[`${active}`].any(example)
        const { rule, must } = aboutExample(named, draft)
        vectors.push({
          name: `${draft.id}-${name}-${active ? 'active' : 'inactive'}`,
          rule,
          description: must,
          active,
          ...bytesOf(spend),
          expected: said === 'OK' ? 'valid' : 'invalid',
          reject_reason: said === 'OK' ? null : said,
        })
      }
  }
  return { vectors, secondFaults }
}

function bytesOf({ transaction, spentOutputs }: Spend): Pick<FilledVector, 'spent_outputs' | 'tx'> {
  return {
    spent_outputs: spentOutputs.map(({ value, script }, index) => {
      const { txid, index: vout } = transaction.inputs[index]!.outpoint
      return { prevout: { txid, vout }, scriptPubKey: toHex(script), amount: Number(value) }
    }),
    tx: toHex(encodeTransaction(transaction)),
  }
}
