import type { Limits } from '../../../../spec/index.ts'

/** A question next to the one that was asked: one step further in the direction in which the rule would break. */
// biome-ignore lint/suspicious/noExplicitAny: each rule has a subject of its own
type Question = readonly [subject: any, limits: Limits]
// biome-ignore lint/suspicious/noExplicitAny: each rule has a subject of its own
type Edge = (subject: any, limits: Limits) => readonly Question[]

/** With one limit of the chain moved by so much. */
const tighter =
  (name: keyof Limits, by: number | bigint): Edge =>
  (subject, limits) => {
    const moved = typeof by === 'bigint' ? (limits[name] as bigint) + by : (limits[name] as number) + by
    return [[subject, { ...limits, [name]: moved }]]
  }

const headerMoved =
  (field: 'time' | 'version'): Edge =>
  (subject, limits) => [
    [{ ...subject, header: { ...subject.header, [field]: subject.header[field] - 1 } }, limits],
  ]

const lessIn =
  (field: 'fees'): Edge =>
  (subject, limits) => [[{ ...subject, [field]: subject[field] - 1n }, limits]]

const laterLock: Edge = (subject, limits) => {
  const { transaction } = subject
  return [[{ ...subject, transaction: { ...transaction, lockTime: transaction.lockTime + 1 } }, limits]]
}

const MONEY = tighter('maxMoneySats', -1n)
/** What is counted in bytes without witnesses, or in legacy operations, costs four units apiece. */
const SCALED = -4

/**
 * The rules that have a limit, and where it lies: a rule that is kept is kept exactly at its limit when it breaks one
 * step further.
 */
export const EDGES: Readonly<Record<string, Edge>> = {
  'target-in-range': tighter('powLimit', -1n),
  'time-after-median': headerMoved('time'),
  'no-timewarp': headerMoved('time'),
  'time-not-in-future': tighter('maxFutureSeconds', -1),
  'version-at-least-2': headerMoved('version'),
  'version-at-least-3': headerMoved('version'),
  'version-at-least-4': headerMoved('version'),
  'block-size': tighter('maxBlockWeight', SCALED),
  'block-weight': tighter('maxBlockWeight', -1),
  'transaction-size': tighter('maxBlockWeight', SCALED),
  'output-not-negative': (subject, limits) => [[{ ...subject, value: subject.value - 1n }, limits]],
  'output-not-too-large': MONEY,
  'output-total': MONEY,
  'coinbase-script-length': (transaction, limits) => {
    const [input] = transaction.inputs
    if (input === undefined) return []
    const { scriptSig } = input
    return [scriptSig.slice(1), Uint8Array.of(...scriptSig, 0)].map((changed) => [
      { ...transaction, inputs: [{ ...input, scriptSig: changed }] },
      limits,
    ])
  },
  'legacy-sigops': tighter('maxBlockSigopsCost', SCALED),
  'final-by-block-time': laterLock,
  'final-by-median-time': laterLock,
  'coinbase-maturity': tighter('coinbaseMaturityBlocks', 1),
  'input-values': MONEY,
  'value-conserved': (subject, limits) => {
    const { transaction } = subject
    const [first, ...rest] = transaction.outputs
    if (first === undefined) return []
    const outputs = [{ ...first, value: first.value + 1n }, ...rest]
    return [[{ ...subject, transaction: { ...transaction, outputs } }, limits]]
  },
  'fee-in-range': MONEY,
  'fees-in-range': MONEY,
  'relative-lock': (subject, limits) => {
    const { transaction } = subject
    return transaction.inputs.map((input: { sequence: number }, index: number) => {
      const inputs = transaction.inputs.with(index, { ...input, sequence: input.sequence + 1 })
      return [{ ...subject, transaction: { ...transaction, inputs } }, limits]
    })
  },
  'sigop-cost': tighter('maxBlockSigopsCost', -1),
  'coinbase-amount': lessIn('fees'),
  'subsidy-ends': lessIn('fees'),
}
