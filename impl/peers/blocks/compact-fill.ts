import { checkMerkleRoot, checkWitnessCommitment } from '../../validation/index.ts'
import type { Block, CompactBlock, Transaction } from '../../wire/index.ts'
import { ByteReader, encodeBlock, equalBytes, parseBlock } from '../../wire/index.ts'
import type { PeerContext } from '../context.ts'
import { ShortIds } from './short-ids.ts'

/** The transactions of a compact block as far as they are known. */
type Slots = (Transaction | undefined)[]

/** The block's positions with the transactions that came along; nothing when they do not fit. */
export function placePrefilled({ shortIds, prefilled }: CompactBlock): Slots | undefined {
  const slots = new Array<Transaction | undefined>(shortIds.length + prefilled.length).fill(undefined)
  for (const { index, transaction } of prefilled) {
    const { inputs, outputs } = transaction
    if (index >= slots.length || (inputs.length === 0 && outputs.length === 0)) return undefined
    slots[index] = transaction
  }
  return slots.length === 0 ? undefined : slots
}

/** False when two short ids are equal, so that they say nothing. A place for which two transactions would do stays open. */
export function fillFromPool(
  { pool, hasher, extra }: PeerContext,
  { header, nonce, shortIds }: CompactBlock,
  slots: Slots,
): boolean {
  const positions = new Map<number, number>()
  let at = 0
  for (const id of shortIds) {
    while (slots[at] !== undefined) at++
    positions.set(id, at++)
  }
  if (positions.size < shortIds.length) return false
  const ids = new ShortIds(header.raw, nonce, hasher)
  const ambiguous = new Set<number>()
  const offer = (transaction: Transaction): void => {
    const position = positions.get(ids.of(transaction.wtxid))
    if (position === undefined) return
    const other = slots[position]
    if (other !== undefined && !equalBytes(other.wtxid, transaction.wtxid)) ambiguous.add(position)
    slots[position] = transaction
  }
  for (const { transaction } of pool.entries()) offer(transaction)
  for (const transaction of extra.all()) offer(transaction)
  for (const position of ambiguous) slots[position] = undefined
  return true
}

/** Positions that nothing is known to fill. */
export function gapsIn(slots: Readonly<Slots>): number[] {
  const gaps: number[] = []
  slots.forEach((slot, i) => {
    if (slot === undefined) gaps.push(i)
  })
  return gaps
}

/** The block, unless its transactions are not those that the header commits to. Short ids may collide, which is nobody's fault. [Core IsBlockMutated] */
export function blockOf(
  { chain, hasher }: PeerContext,
  { header }: CompactBlock,
  transactions: readonly Transaction[],
): Block | undefined {
  const bytes = encodeBlock(
    header.raw,
    transactions.map((transaction) => transaction.raw),
  )
  const block = parseBlock(new ByteReader(bytes), hasher)
  if (!block.transactions[0]!.isCoinbase || checkMerkleRoot(block, hasher) !== undefined) return undefined
  const { segwit } = chain.activations.after(chain.node(header.previousHash)!)
  return checkWitnessCommitment(block, segwit, hasher) === undefined ? block : undefined
}
