/** Blocks mined for tests on the tiny chain; what they pay, anyone may spend. */
import type { Chain } from '../chains/index.ts'
import { chainByName } from '../chains/index.ts'
import { transactionTree, txid, workHash } from '../encoding/index.ts'
import { requiredBits, subsidyAt } from '../rules/index.ts'
import type { Block, Branch, Header, Height, Outpoint, Transaction } from '../vocabulary/index.ts'
import { decodeCompact, height, NULL_HASH, NULL_INDEX, sats } from '../vocabulary/index.ts'
import { extend, genesisOf } from './state.ts'

/** Maturity 3, halving every 6 blocks, retarget every 4. */
export const TINY = chainByName('tiny')!
export const GENESIS: Branch = genesisOf(TINY)
/** A clock that is far enough ahead of all blocks mined here. */
export const NOW = GENESIS.header.time + 1_000_000

const ANYONE = Uint8Array.of(0x51)

/** What makes a block differ from an ordinary one. */
export interface Plan {
  /** Tiny, unless a test needs other limits. */
  readonly chain?: Chain
  readonly transactions?: readonly Transaction[]
  readonly header?: Partial<Header>
  /** Sats that the coinbase pays more than the subsidy. */
  readonly more?: number
  /** Makes the coinbase, and with it the block, differ from its sibling. */
  readonly tag?: number
  readonly coinbase?: Partial<Transaction>
}

/** A block on `parent`, its proof of work done. */
export function mine(parent: Branch, plan: Plan = {}): Block {
  const at = height(parent.height + 1)
  const { limits } = plan.chain ?? TINY
  const time = parent.header.time + limits.targetSpacingSeconds
  const transactions = [coinbase(at, plan), ...(plan.transactions ?? [])]
  const { root } = transactionTree(transactions)
  const fixed = { version: 4, previous: parent.hash, merkleRoot: root, time, nonce: 0, ...plan.header }
  const bits = plan.header?.bits ?? requiredBits(parent, fixed.time, limits)
  return { header: solve({ ...fixed, bits }), transactions }
}

/** The same header with the first nonce that meets its target. */
export function solve(header: Header): Header {
  const { target } = decodeCompact(header.bits)
  for (let nonce = 0; ; nonce += 1) {
    const tried = { ...header, nonce }
    if (BigInt(`0x${workHash(TINY.proofOfWork, tried)}`) <= target) return tried
  }
}

/** A chain of this many blocks on `parent`, each with `plan`, and where it ends. */
export function mineChain(parent: Branch, count: number, plan: Plan = {}): { blocks: Block[]; top: Branch } {
  const blocks: Block[] = []
  let top = parent
  while (blocks.length < count) {
    const block = mine(top, plan)
    blocks.push(block)
    top = extend(top, block.header)
  }
  return { blocks, top }
}

/** A payment of some outputs, as one output of `value`, to anyone. */
export function pay(
  outpoints: readonly Outpoint[],
  value: bigint | number,
  changes: Partial<Transaction> & { sequence?: number } = {},
): Transaction {
  const { sequence = 0xfffffffe, ...rest } = changes
  const inputs = outpoints.map((outpoint) => ({
    outpoint,
    scriptSig: new Uint8Array(),
    sequence,
    witness: [],
  }))
  return { version: 2, inputs, outputs: [{ value: sats(value), script: ANYONE }], lockTime: 0, ...rest }
}

/** What the coinbase of a block pays. */
export function reward(block: Block): Outpoint {
  return { txid: txid(block.transactions[0]!), index: 0 }
}

/** The first output of a transaction. */
export function paidBy(transaction: Transaction): Outpoint {
  return { txid: txid(transaction), index: 0 }
}

function coinbase(at: Height, plan: Plan): Transaction {
  const { chain = TINY, more = 0, tag = 0, coinbase: changes = {} } = plan
  return {
    version: 2,
    inputs: [
      {
        outpoint: { txid: NULL_HASH, index: NULL_INDEX },
        scriptSig: Uint8Array.of(...(at <= 16 ? [0x50 + at] : [1, at]), 2, tag % 256, tag >> 8),
        sequence: 0xffffffff,
        witness: [],
      },
    ],
    outputs: [{ value: sats(subsidyAt(at, chain.limits) + BigInt(more)), script: ANYONE }],
    lockTime: 0,
    ...changes,
  }
}
