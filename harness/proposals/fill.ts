import {
  chainByName,
  checkTransaction,
  type Example,
  encodeTransaction,
  type Output,
  spenderOf,
  spentBy,
  type Transaction,
  toHex,
  UPGRADES,
  type Upgrade,
  verifyInput,
} from '../../spec/index.ts'
import { drawsFrom } from './draws.ts'
import { activationOf, judgeUnder } from './in-force.ts'

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

export interface Filled {
  readonly vectors: readonly FilledVector[]
  /** Examples of headers and blocks, which are no transactions: this format has no place for them. */
  readonly leftOut: number
  /** Examples that break something else besides, by name: no vector is made of them. */
  readonly secondFaults: readonly { readonly name: string; readonly fault: string }[]
}

/** Vectors of a draft's examples and of draws of its generator, each twice: with the draft in force and without. */
export function fillVectors(draft: Upgrade, seed: number, draws: number): Filled {
  const { accepts = [], rejects = [], generator } = draft.examples ?? {}
  const drawn = generator === undefined ? [] : [...drawsFrom(seed, draws)].map((draw) => generator(draw))
  const named = [
    ...numbered('accepts', accepts),
    ...numbered('rejects', rejects),
    ...numbered(
      'drawn-accepts',
      drawn.map((pair) => pair.accepts),
    ),
    ...numbered(
      'drawn-rejects',
      drawn.map((pair) => pair.rejects),
    ),
  ]
  const { before, after } = activationOf(draft)
  const judges = { false: judgeUnder(before), true: judgeUnder(after) }
  const vectors: FilledVector[] = []
  const secondFaults: { name: string; fault: string }[] = []
  let leftOut = 0
  for (const { name, example } of named) {
    const spend = spendIn(example)
    const fault = spend && faultToday(spend)
    if (spend === undefined) leftOut += 1
    else if (fault !== undefined) secondFaults.push({ name, fault })
    else
      for (const active of [true, false]) {
        const said = judges[`${active}`].any(example)
        vectors.push({
          name: `${draft.id}-${name}-${active ? 'active' : 'inactive'}`,
          rule: 'rule' in example ? example.rule.id : (draft.features ?? []).join(' '),
          description: 'rule' in example ? example.rule.must : draft.text,
          active,
          ...bytesOf(spend),
          expected: said === 'OK' ? 'valid' : 'invalid',
          reject_reason: said === 'OK' ? null : said,
        })
      }
  }
  return { vectors, leftOut, secondFaults }
}

/** A transaction with all that it spends. */
interface Spend {
  readonly transaction: Transaction
  readonly spentOutputs: readonly Output[]
}

const numbered = (kind: string, examples: readonly Example[]) =>
  examples.map((example, index) => ({ name: `${kind}-${index + 1}`, example }))

const ANYONE_CAN_SPEND: Output = spentBy({ script: '51' })

/** The transaction that an example is about; undefined where it is about a header or a block. */
function spendIn(example: Example): Spend | undefined {
  if (!('rule' in example)) return { transaction: spenderOf(example), spentOutputs: [spentBy(example)] }
  const subject = example.subject as Partial<Spend> & Partial<Transaction> & Partial<Output>
  if (subject.transaction !== undefined && subject.spentOutputs !== undefined)
    return { transaction: subject.transaction, spentOutputs: subject.spentOutputs }
  if (subject.inputs !== undefined)
    return { transaction: subject as Transaction, spentOutputs: [ANYONE_CAN_SPEND] }
  if (subject.script === undefined) return undefined
  const transaction = { ...spenderOf({}), outputs: [subject as Output] }
  return { transaction, spentOutputs: [ANYONE_CAN_SPEND] }
}

/** Vectors are for blocks above this height. */
const HEIGHT_AT_LEAST = 100
const FINAL = 0xffffffff

/** [BIP68] */
function hasRelativeLock({ sequence }: { readonly sequence: number }): boolean {
  return sequence < 2 ** 31 && (sequence & 0xffff) !== 0
}

const MAIN = chainByName('bitcoin')!
const FEATURES = new Set(UPGRADES.flatMap(({ features = [] }) => features))

/** What today's rules say against a transaction: a vector has one fault at most, the draft's. */
function faultToday({ transaction, spentOutputs }: Spend): string | undefined {
  const structure = checkTransaction(MAIN, transaction)
  if (structure !== 'ok') return structure
  const isLocked = transaction.inputs.some(({ sequence }) => sequence !== FINAL)
  if (isLocked && transaction.lockTime > HEIGHT_AT_LEAST) return 'bad-txns-nonfinal'
  if (transaction.version !== 1 && transaction.inputs.some(hasRelativeLock)) return 'bad-txns-nonfinal'
  for (const inputIndex of transaction.inputs.keys()) {
    const error = verifyInput({ transaction, inputIndex, spentOutputs, features: FEATURES })
    if (error !== 'OK') return error
  }
  return undefined
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
