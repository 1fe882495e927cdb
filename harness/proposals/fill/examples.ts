import {
  chainByName,
  checkTransaction,
  type Example,
  type Output,
  spenderOf,
  spentBy,
  type Transaction,
  UPGRADES,
  type Upgrade,
  verifyInput,
} from '../../../spec/index.ts'
import { drawsFrom } from '../draws.ts'

/** An example with a name of its own, `rejects-3`. */
export interface NamedExample {
  readonly name: string
  readonly isAccepted: boolean
  readonly example: Example
}

/** A draft's own examples, then draws of its generator: the same for the same seed. */
export function namedExamples(draft: Upgrade, seed: number, draws: number): readonly NamedExample[] {
  const { accepts = [], rejects = [], generator } = draft.examples ?? {}
  const drawn = generator === undefined ? [] : [...drawsFrom(seed, draws)].map((draw) => generator(draw))
  const numbered = (name: string, isAccepted: boolean, examples: readonly Example[]) =>
    examples.map((example, index) => ({ name: `${name}-${index + 1}`, isAccepted, example }))
  return [
    ...numbered('accepts', true, accepts),
    ...numbered('rejects', false, rejects),
    ...numbered(
      'drawn-accepts',
      true,
      drawn.map((pair) => pair.accepts),
    ),
    ...numbered(
      'drawn-rejects',
      false,
      drawn.map((pair) => pair.rejects),
    ),
  ]
}

/** Which rule or which features an example is about, and what it says. */
export function aboutExample({ example }: NamedExample, draft: Upgrade): { rule: string; must: string } {
  return 'rule' in example
    ? { rule: example.rule.id, must: example.rule.must }
    : { rule: (draft.features ?? []).join(' '), must: draft.text }
}

/** An example that no vector is made of, and why. */
export interface LeftOut {
  readonly name: string
  readonly why: string
}

/** Why an example with a second fault is left out. */
export function rejectedToday(reason: string): string {
  return `today's rules reject it already: ${reason}`
}

/** A transaction with all that it spends. */
export interface Spend {
  readonly transaction: Transaction
  readonly spentOutputs: readonly Output[]
}

const ANYONE_CAN_SPEND: Output = spentBy({ script: '51' })

/** The transaction that an example is about; undefined where it is about a header or a block. */
export function spendIn(example: Example): Spend | undefined {
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
export function faultToday({ transaction, spentOutputs }: Spend): string | undefined {
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
