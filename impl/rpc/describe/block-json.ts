import { type BlockNode, type Chainstate, spentByTransaction } from '../../chainstate/index.ts'
import { decodeTarget, medianTimePast } from '../../validation/index.ts'
import { type Block, bytesToHex, type Hasher, hashToHex, type Transaction } from '../../wire/index.ts'
import { RawNumber } from '../json.ts'
import { describeTransaction } from './transaction-json.ts'

/** A header in its place in the chain, as JSON. [Core blockheaderToJSON] */
export function describeHeader(node: BlockNode, chain: Chainstate) {
  const next = chain.isActive(node) ? chain.activeAt(node.height + 1) : undefined
  const view = new DataView(node.header.buffer, node.header.byteOffset, 80)
  return {
    hash: hashToHex(node.hash),
    confirmations: chain.isActive(node) ? chain.tip.height - node.height + 1 : -1,
    height: node.height,
    version: node.version,
    versionHex: hex32(node.version),
    merkleroot: hashToHex(node.header.subarray(36, 68)),
    time: node.time,
    mediantime: medianTimePast(node, chain.chain.limits.medianTimeSpan),
    nonce: view.getUint32(76, true),
    bits: hex32(node.bits),
    target: describeTarget(node.bits),
    difficulty: difficultyOf(node.bits),
    chainwork: hex256(node.chainWork),
    nTx: node.height === 0 ? chain.chain.genesis.transactions.length : node.transactionCount,
    ...(node.previous === undefined ? {} : { previousblockhash: hashToHex(node.previous.hash) }),
    ...(next === undefined ? {} : { nextblockhash: hashToHex(next.hash) }),
  }
}

/** How the transactions are shown: ids; each in full; with the coins that it spends. */
export type BlockDetail = 'ids' | 'full' | 'prevouts'

/** A block as JSON. [Core blockToJSON] */
export function describeBlock(
  block: Block,
  node: BlockNode,
  chain: Chainstate,
  hasher: Hasher,
  detail: BlockDetail,
) {
  return {
    ...describeHeader(node, chain),
    strippedsize: block.strippedSize,
    size: block.totalSize,
    weight: block.weight,
    coinbase_tx: describeCoinbase(block.transactions[0]!),
    tx: detail === 'ids' ? block.transactions.map(({ txid }) => hashToHex(txid)) : transactionsOf(),
  }

  function transactionsOf() {
    const spent = spentByTransaction(block, chain.undoData(node))
    return block.transactions.map((transaction, at) =>
      describeTransaction(transaction, {
        chain: chain.chain,
        hasher,
        spent: at === 0 ? undefined : spent?.[at],
        withPrevout: detail === 'prevouts',
        withHex: true,
      }),
    )
  }
}

/** [Core coinbaseTxToJSON] */
function describeCoinbase({ version, lockTime, inputs }: Transaction) {
  const { sequence, scriptSig, witness } = inputs[0]!
  return {
    version,
    locktime: lockTime,
    sequence,
    coinbase: bytesToHex(scriptSig),
    ...(witness.length === 0 ? {} : { witness: bytesToHex(witness[0]!) }),
  }
}

/** The target of compact bits as 64 hex digits. */
export function describeTarget(bits: number): string {
  return hex256(decodeTarget(bits) ?? 0n)
}

/** How many times harder than the lowest difficulty of the main chain, in 16 significant digits. [Core GetDifficulty] */
export function difficultyOf(bits: number): RawNumber {
  let shift = (bits >>> 24) & 0xff
  let difficulty = 0x0000ffff / (bits & 0x00ffffff)
  for (; shift < 29; shift++) difficulty *= 256
  for (; shift > 29; shift--) difficulty /= 256
  return number16(difficulty)
}

/** A fraction in at most 16 significant digits, as C's %.16g writes it. */
export function number16(value: number): RawNumber {
  return new RawNumber(Number.isFinite(value) ? String(Number(value.toPrecision(16))) : '0')
}

export function hex32(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0')
}

export function hex256(value: bigint): string {
  return value.toString(16).padStart(64, '0')
}

/** The share of the best known header's height that is connected. */
export function verificationProgress(height: number, headerHeight: number): RawNumber {
  return number16(headerHeight === 0 ? 1 : Math.min(1, height / headerHeight))
}
