import type { ChainParameters } from '../chains/index.ts'
import { type Crypto, FLAG, type ScriptChecks, scriptErrorName, sigopsCost } from '../script-engine/index.ts'
import type { Block, Transaction, TxOutput } from '../wire/index.ts'
import { checkBlock } from './block.ts'
import { isPastLock, sequenceLock } from './lock-time.ts'
import type { ChainLink } from './proof-of-work.ts'
import { invalid } from './rejection.ts'
import { checkSpending, type SpentCoin } from './spending.ts'
import { subsidyAt } from './subsidy.ts'
import { checkWitnessCommitment } from './witness-commitment.ts'

/** A block by itself, perhaps with the coins it spends. */
export interface ContextFreeBlock {
  readonly block: Block
  readonly chain: ChainParameters
  readonly flags: number
  /** In the order of the inputs, the coinbase left out; absent: what needs no coins is judged. */
  readonly spent?: readonly TxOutput[]
  /** Where the block and its coins were made; absent: neither maturity, nor relative locks, nor the coinbase's amount is judged. */
  readonly place?: BlockPlace
}

/** What a block's place in its chain determines, as far as its coins ask for it. */
interface BlockPlace {
  readonly parent: ChainLink
  /** One per coin that the block spends, in the same order. */
  readonly origins: readonly Pick<SpentCoin, 'height' | 'isCoinbase'>[]
}

/**
 * Judges what can be judged of a block without its ancestors: `ok`, the reject string of the first rule broken, or
 * `script: NAME`.
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

function checkSpends(request: ContextFreeBlock, coins: readonly TxOutput[], checks: ScriptChecks): string {
  const { block, chain, flags, place } = request
  let next = 0
  let submitted = 0
  let fees = 0
  let cost = sigopsCost(block.transactions[0]!, [], flags)
  let reason: string | undefined
  for (const tx of block.transactions.slice(1)) {
    const spent = coins.slice(next, next + tx.inputs.length)
    const fee =
      spent.length < tx.inputs.length ? 'bad-txns-inputs-missingorspent' : feeOf(tx, spent, next, request)
    if (typeof fee === 'string') reason = fee
    else {
      fees += fee
      cost += sigopsCost(tx, spent, flags)
    }
    if (cost > chain.limits.maxBlockSigopsCost) reason ??= 'bad-blk-sigops'
    if (reason !== undefined) break
    next += tx.inputs.length
    for (let inputIndex = 0; inputIndex < tx.inputs.length; inputIndex++)
      checks.submit(submitted++, { tx, inputIndex, spent, flags })
  }
  const failure = checks.settle()
  if (reason !== undefined) return reason
  if (place !== undefined && claimOf(block) > subsidyAt(place.parent.height + 1, chain.limits) + fees)
    return 'bad-cb-amount'
  return failure === undefined ? 'ok' : `script: ${scriptErrorName(failure.error)}`
}

/** The fee of a transaction whose first coin has this position in the block, or why it may not stand there. */
function feeOf(
  tx: Transaction,
  spent: readonly TxOutput[],
  firstCoin: number,
  { chain, flags, place }: ContextFreeBlock,
): number | string {
  const originOf = (i: number) => place?.origins[firstCoin + i] ?? { height: 0, isCoinbase: false }
  const coinOf = (i: number) => ({ ...originOf(i), value: spent[i]!.value })
  const spendHeight = place === undefined ? 0 : place.parent.height + 1
  const fee = checkSpending(tx, coinOf, spendHeight, chain.limits, 'invalid')
  if (typeof fee !== 'number') return fee.reason
  if (place === undefined || (flags & FLAG.CHECKSEQUENCEVERIFY) === 0) return fee
  const span = chain.limits.medianTimeSpan
  const lock = sequenceLock(tx, (i) => originOf(i).height, place.parent, span)
  return isPastLock(lock, place.parent, span) ? fee : 'bad-txns-nonfinal'
}

function claimOf({ transactions }: Block): number {
  return transactions[0]!.outputs.reduce((sum, { value }) => sum + value, 0)
}
