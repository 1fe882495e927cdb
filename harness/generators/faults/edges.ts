import type { Limits } from '../../../spec/index.ts'
import type { Edge } from './rule-faults.ts'

/** With one limit of the chain moved by so much. */
export const tighter =
  (name: keyof Limits, by: number | bigint): Edge =>
  (subject, limits) => {
    const moved = typeof by === 'bigint' ? (limits[name] as bigint) + by : (limits[name] as number) + by
    return [[subject, { ...limits, [name]: moved }]]
  }

/** With a header whose field is one less. */
export const headerMoved =
  (field: 'time' | 'version'): Edge =>
  (subject, limits) => [
    [{ ...subject, header: { ...subject.header, [field]: subject.header[field] - 1 } }, limits],
  ]

/** With one sat less of fees. */
export const lowerFees: Edge = (subject, limits) => [[{ ...subject, fees: subject.fees - 1n }, limits]]

/** With a lock time that is one more. */
export const laterLock: Edge = (subject, limits) => {
  const { transaction } = subject
  return [[{ ...subject, transaction: { ...transaction, lockTime: transaction.lockTime + 1 } }, limits]]
}

/** With one sat less of money. */
export const lessMoney = tighter('maxMoneySats', -1n)

/** What is counted in bytes without witnesses, or in legacy operations, costs four units apiece. */
export const SCALED = -4
