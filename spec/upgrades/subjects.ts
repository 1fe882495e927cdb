import { strippedSize } from '../encoding/index.ts'
import type { BlockInContext, HeaderInContext } from '../rules/index.ts'
import type { Branch, Output, Transaction } from '../vocabulary/index.ts'
import { height, NULL_HASH, sats } from '../vocabulary/index.ts'
import { blockOf, spenderOf } from './example.ts'

const EXAMPLE_TIME = 1_600_000_000

/** A header at a height of at least 1, some seconds later than the blocks below it, which all have one time. */
export function headerAt(at: number, later: number): HeaderInContext {
  const time = EXAMPLE_TIME + later
  const genesis = branchAt(0)
  const parent = at === 1 ? genesis : { ...branchAt(at - 1), parent: genesis }
  return { header: { ...parent.header, time }, parent, now: time }
}

/** A block of nothing but a coinbase, with this lock time and sequence number. */
export function coinbaseAt(at: number, lockTime: number, sequence: number): BlockInContext {
  const { header, transactions } = blockOf(Uint8Array.of(1, 1), sats(0))
  const [coinbase] = transactions
  const [input] = coinbase!.inputs
  const changed = { ...coinbase!, lockTime, inputs: [{ ...input!, sequence }] }
  return { block: { header, transactions: [changed] }, height: height(at), parent: branchAt(at - 1) }
}

/** A transaction that spends an output with this script, and the output. */
export function spendOf(script: Uint8Array): {
  readonly transaction: Transaction
  readonly spentOutputs: readonly Output[]
} {
  return { transaction: spenderOf({}), spentOutputs: [{ value: sats(0), script }] }
}

/** A transaction of this many bytes without its witness, at least 60: one output, which has a script of zeros. */
export function transactionOfSize(bytes: number): Transaction {
  const unpadded = (length: number) => ({
    ...spenderOf({}),
    outputs: [{ value: sats(0), script: new Uint8Array(length) }],
  })
  const padded = unpadded(bytes - strippedSize(unpadded(0)))
  return unpadded(padded.outputs[0]!.script.length - (strippedSize(padded) - bytes))
}

function branchAt(at: number): Branch {
  const header = {
    version: 4,
    previous: NULL_HASH,
    merkleRoot: NULL_HASH,
    time: EXAMPLE_TIME,
    bits: 0,
    nonce: 0,
  }
  return { hash: NULL_HASH, header, height: height(at), chainWork: 0n }
}
