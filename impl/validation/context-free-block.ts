import type { ChainParameters } from '../chains/index.ts'
import { type Crypto, FLAG, type ScriptChecks, scriptErrorName, sigopsCost } from '../script-engine/index.ts'
import type { Block, TxOutput } from '../wire/index.ts'
import { checkBlock } from './block.ts'
import { invalid } from './rejection.ts'
import { checkSpending } from './spending.ts'
import { checkWitnessCommitment } from './witness-commitment.ts'

/** A block by itself, perhaps with the coins it spends. */
export interface ContextFreeBlock {
  readonly block: Block
  readonly chain: ChainParameters
  readonly flags: number
  /** In the order of the inputs, the coinbase left out; absent: what needs no coins is judged. */
  readonly spent?: readonly TxOutput[]
}

/**
 * Judges what can be judged of a block without its ancestors: `ok`, the reject string of the first rule broken, or
 * `script: NAME`. Heights are unknown, so maturity, locks and the amount of the coinbase are left out.
 */
export function checkContextFreeBlock(
  request: ContextFreeBlock,
  crypto: Crypto,
  checks: ScriptChecks,
): string {
  const { block, chain, flags } = request
  const rejection =
    checkBlock(block, chain, crypto) ??
    checkWitnessCommitment(block, (flags & FLAG.WITNESS) !== 0, crypto) ??
    (block.weight > chain.limits.maxBlockWeight ? invalid('bad-blk-weight') : undefined)
  if (rejection !== undefined) return rejection.reason
  return request.spent === undefined ? 'ok' : checkSpends(request, request.spent, checks)
}

function checkSpends(
  { block, chain, flags }: ContextFreeBlock,
  coins: readonly TxOutput[],
  checks: ScriptChecks,
): string {
  let next = 0
  let submitted = 0
  let cost = sigopsCost(block.transactions[0]!, [], flags)
  let reason: string | undefined
  for (const tx of block.transactions.slice(1)) {
    const spent = coins.slice(next, next + tx.inputs.length)
    next += tx.inputs.length
    if (spent.length < tx.inputs.length) reason = 'bad-txns-inputs-missingorspent'
    else reason = checkValues(tx, spent, chain)
    cost += reason === undefined ? sigopsCost(tx, spent, flags) : 0
    if (cost > chain.limits.maxBlockSigopsCost) reason ??= 'bad-blk-sigops'
    if (reason !== undefined) break
    for (let inputIndex = 0; inputIndex < tx.inputs.length; inputIndex++)
      checks.submit(submitted++, { tx, inputIndex, spent, flags })
  }
  const failure = checks.settle()
  if (reason !== undefined) return reason
  return failure === undefined ? 'ok' : `script: ${scriptErrorName(failure.error)}`
}

function checkValues(
  tx: Block['transactions'][number],
  spent: readonly TxOutput[],
  chain: ChainParameters,
): string | undefined {
  const coinOf = (i: number) => ({ height: 0, isCoinbase: false, value: spent[i]!.value })
  const fee = checkSpending(tx, coinOf, 0, chain.limits, 'invalid')
  return typeof fee === 'number' ? undefined : fee.reason
}
