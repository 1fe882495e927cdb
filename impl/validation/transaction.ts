import type { ChainLimits } from '../chains/index.ts'
import { bytesKey, equalBytes, type Transaction, type TxInput } from '../wire/index.ts'
import { invalid, type Rejection } from './rejection.ts'

const WITNESS_SCALE = 4
const COINBASE_SCRIPT_BYTES_MIN = 2
const COINBASE_SCRIPT_BYTES_MAX = 100
/** Up to this many inputs, comparing each with each beats a set. */
const PAIRWISE_INPUTS_MAX = 8

/** What a transaction must satisfy with no context at all. [Core CheckTransaction] */
export function checkTransaction(transaction: Transaction, limits: ChainLimits): Rejection | undefined {
  const { inputs, outputs } = transaction
  if (inputs.length === 0) return invalid('bad-txns-vin-empty')
  if (outputs.length === 0) return invalid('bad-txns-vout-empty')
  if (transaction.strippedSize * WITNESS_SCALE > limits.maxBlockWeight) return invalid('bad-txns-oversize')
  let sum = 0
  for (const { value } of outputs) {
    if (value < 0) return invalid('bad-txns-vout-negative')
    if (value > limits.maxMoney) return invalid('bad-txns-vout-toolarge')
    sum += value
    if (sum > limits.maxMoney) return invalid('bad-txns-txouttotal-toolarge')
  }
  if (inputs.length > 1 && hasDuplicates(inputs)) return invalid('bad-txns-inputs-duplicate')
  if (transaction.isCoinbase) {
    const { length } = inputs[0]!.scriptSig
    if (length < COINBASE_SCRIPT_BYTES_MIN || length > COINBASE_SCRIPT_BYTES_MAX)
      return invalid('bad-cb-length', `${length} bytes`)
    return undefined
  }
  for (const input of inputs) if (input.isNull) return invalid('bad-txns-prevout-null')
  return undefined
}

/** [CVE-2018-17144] */
function hasDuplicates(inputs: readonly TxInput[]): boolean {
  if (inputs.length <= PAIRWISE_INPUTS_MAX) {
    for (let i = 1; i < inputs.length; i++)
      for (let j = 0; j < i; j++)
        if (
          inputs[i]!.prevIndex === inputs[j]!.prevIndex &&
          equalBytes(inputs[i]!.outpoint, inputs[j]!.outpoint)
        )
          return true
    return false
  }
  const seen = new Set<string>()
  for (const input of inputs) seen.add(bytesKey(input.outpoint))
  return seen.size < inputs.length
}
