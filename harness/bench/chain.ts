import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chainLookup } from '../adapters/index.ts'
import { writeWhole } from '../files/index.ts'
import {
  type BlockSpec,
  blockSchema,
  createForge,
  type Lock,
  type TransactionSpec,
  transactionSchema,
} from '../scenario/index.ts'
import type { BenchPlan } from './bench-plan.ts'
import { REORGANISATION_BLOCKS, RETURNING, reorganisationPlan } from './reorganisation.ts'

/**
 * What a benchmark chain is about. `mixed`: payments, half P2PKH, half P2WPKH. `taproot`: payments by key-path spends.
 * `reorganisation`: a block with a chain of 8,000 transactions leaves the active chain.
 */
export type BenchKind = 'mixed' | 'taproot' | 'reorganisation'

const BLOCKS = 50
const PAYMENTS_PER_BLOCK = 500
const KEYS = 100
const MATURITY = 100
/** September 2020: after April 2012, before which some peers have regtest without P2SH. */
const FIRST_BLOCK_TIME = 1_600_000_000

/** Payments in the measured part of the chain: one input and one output each. */
export const PAYMENTS = BLOCKS * PAYMENTS_PER_BLOCK

/** Blocks below the measured part: coinbases, their maturity, and the blocks that split them into coins. */
export const PREPARATION = BLOCKS + MATURITY + BLOCKS

/** Blocks in all. */
export const LAST_HEIGHT = PREPARATION + BLOCKS

/** Blocks in the file of a chain. */
export function blocksOf(kind: BenchKind): number {
  return kind === 'reorganisation' ? REORGANISATION_BLOCKS : LAST_HEIGHT
}

/** Where the chain of this kind lies once `forgeBenchChain` has made it: a file that every bench on this machine shares. */
export function benchChainPath(kind: BenchKind): string {
  return join(tmpdir(), 'touchstone-bench', `${kind}-${kind === 'reorganisation' ? RETURNING : PAYMENTS}.dat`)
}

/**
 * Makes a regtest chain as a file of `magic ‖ length ‖ block` records, unless it is there. The payments are 25,000 in 50
 * blocks of 500 on top of the blocks that make their coins. Every signature is real.
 */
export function forgeBenchChain(kind: BenchKind, report: (done: number) => void): void {
  const path = benchChainPath(kind)
  if (existsSync(path)) return
  writeWhole(path, Buffer.concat(chainRecords(kind, report)))
}

function chainRecords(kind: BenchKind, report: (done: number) => void): Uint8Array[] {
  const chainFile = chainLookup('regtest')
  if (chainFile === undefined) throw new Error('regtest is a built-in chain')
  const plan = kind === 'reorganisation' ? reorganisationPlan() : paymentsPlan(kind)
  const forge = createForge(chainFile, plan.firstBlockTime, plan)
  const magic = Buffer.from(chainFile.magic, 'hex')
  return plan.order.map((name, index) => {
    report(index)
    const { bytes } = forge.block(name)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(bytes.length)
    return Buffer.concat([magic, length, bytes])
  })
}

function paymentsPlan(kind: 'mixed' | 'taproot'): BenchPlan {
  const keys = Array.from({ length: KEYS }, (_, index) => `k${index}`)
  const lockOf = (index: number): Lock => ({
    key: `k${index % KEYS}`,
    type: kind === 'taproot' ? 'p2tr' : index % 2 === 0 ? 'p2pkh' : 'p2wpkh',
  })
  const transactions: Record<string, TransactionSpec> = {}
  const blocks: Record<string, BlockSpec> = {}
  const place = (height: number, names: string[]): void => {
    blocks[`b${height}`] = blockSchema.parse({
      ...(height === 1 ? { extends: 'genesis', time: FIRST_BLOCK_TIME } : { extends: `b${height - 1}` }),
      transactions: names,
      coinbase: { to: 'anyone' },
    })
  }
  for (let height = 1; height <= BLOCKS + MATURITY; height++) place(height, [])
  for (let block = 0; block < BLOCKS; block++) {
    const split = `split${block}`
    transactions[split] = transactionSchema.parse({
      inputs: [{ spends: `b${block + 1}:0` }],
      outputs: Array.from({ length: PAYMENTS_PER_BLOCK }, (_, index) => ({
        to: lockOf(index),
        value: 100_000,
      })),
    })
    place(BLOCKS + MATURITY + block + 1, [split])
  }
  for (let block = 0; block < BLOCKS; block++) {
    const names = Array.from({ length: PAYMENTS_PER_BLOCK }, (_, index) => {
      const name = `pay${block}.${index}`
      transactions[name] = transactionSchema.parse({
        inputs: [{ spends: `split${block}:${index}` }],
        outputs: [{ to: lockOf(index + 1), value: 'rest' }],
      })
      return name
    })
    place(PREPARATION + block + 1, names)
  }
  return { keys, transactions, blocks, order: Object.keys(blocks), firstBlockTime: FIRST_BLOCK_TIME }
}
