import { ripemd160 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import type { Chain, Limits } from '../chains/index.ts'
import { chainFiles, decodeChainFile } from '../chains/index.ts'
import { blockHash, bytesOfHash, sha256d, transactionTree, witnessRoot } from '../encoding/index.ts'
import { rulesOf } from '../language/index.ts'
import { stages } from '../rules/index.ts'
import type { Block, Branch, Header, Input, Output, Transaction } from '../vocabulary/index.ts'
import { decodeCompact, NULL_HASH, NULL_INDEX, sats } from '../vocabulary/index.ts'
import { diagnoseBlock } from './diagnose.ts'
import { receiveBlock } from './receive.ts'
import { extend, openChain } from './state.ts'
import { GENESIS, mine, NOW, type Plan, paidBy, pay, reward, solve } from './testing.ts'

/** A case: the chain it needs, and the block that breaks one rule, made on top of `blocks` that are fine. */
interface Case {
  readonly limits?: object
  /** Limits that no chain file spells out. */
  readonly derived?: Partial<Limits>
  readonly deployments?: object
  readonly signetChallenge?: string
  readonly blocks?: number
  /** How the block below of this index is mined. */
  readonly below?: (index: number) => Plan
  readonly block: (made: Made) => Block
  /** How a block that breaks nothing is mined in its place. */
  readonly honest?: Plan
  /** Other rules that the block cannot help breaking. */
  readonly with?: readonly string[]
}

interface Made {
  readonly chain: Chain
  readonly blocks: readonly Block[]
  readonly top: Branch
  readonly on: (plan?: Plan) => Block
}

const ALL_OFF = Object.fromEntries(
  ['bip16', 'bip34', 'bip65', 'bip66', 'csv', 'segwit', 'taproot'].map((name) => [name, { kind: 'never' }]),
)
const script = (...code: number[]): Uint8Array => Uint8Array.of(...code)
const output = (value: bigint | number, code = script(0x51)): Output => ({ value: sats(value), script: code })
const nothing = { txid: NULL_HASH, index: NULL_INDEX }

/** The same header with the first nonce that misses its target. */
function unsolved(header: Header): Header {
  const { target } = decodeCompact(header.bits)
  for (let nonce = 0; ; nonce += 1) {
    const tried = { ...header, nonce }
    if (BigInt(`0x${blockHash(tried)}`) > target) return tried
  }
}

/** The coinbase of a plan's block with another input script, or witness. */
function withInput(block: Block, changes: Partial<Input>): Transaction {
  const [coinbase] = block.transactions
  return { ...coinbase!, inputs: coinbase!.inputs.map((input) => ({ ...input, ...changes })) }
}

/** The same block with other transactions, committed to and mined. */
function remade(block: Block, transactions: readonly Transaction[], header: Partial<Header> = {}): Block {
  const { root } = transactionTree(transactions)
  return { transactions, header: solve({ ...block.header, merkleRoot: root, ...header }) }
}

/** A block whose coinbase commits to its witnesses. */
function committed(
  block: Block,
  reserved: readonly Uint8Array[],
  payments: readonly Transaction[],
  flip = 0,
): Block {
  const root = bytesOfHash(witnessRoot([block.transactions[0]!, ...payments]))
  const digest = sha256d(concatBytes(root, reserved[0] ?? new Uint8Array(32)))
  digest[0]! ^= flip
  const coinbase = withInput(block, { witness: reserved })
  const outputs = [...coinbase.outputs, output(0, script(0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed, ...digest))]
  return remade(block, [{ ...coinbase, outputs }, ...payments])
}

const RESERVED = [new Uint8Array(32)]
const spendOf = ({ blocks }: Made, at = 0) => reward(blocks[at]!)
const paying =
  (outputs: readonly Output[]) =>
  (made: Made): Block =>
    made.on({ transactions: [pay([spendOf(made)], 0, { outputs })] })
const sigops = (count: number): Output => output(0, new Uint8Array(count).fill(0xac))

const CASES: Record<string, Case> = {
  'target-in-range': {
    block: ({ on }) => ({ ...on(), header: { ...on().header, bits: 0 } }),
    with: ['proof-of-work', 'difficulty'],
  },
  'proof-of-work': { block: ({ on }) => ({ ...on(), header: unsolved(on().header) }) },
  'signet-solution': { signetChallenge: '51', blocks: 0, block: ({ on }) => on() },
  'merkle-root': { block: ({ on }) => on({ header: { merkleRoot: NULL_HASH } }) },
  'merkle-unambiguous': {
    block: (made) => {
      const spends = [0, 1].map((at) => pay([spendOf(made, at)], 1))
      const honest = made.on({ transactions: spends })
      return { ...honest, transactions: [...honest.transactions, spends[1]!] }
    },
    with: ['inputs-unspent'],
  },
  'block-not-empty': { block: ({ on }) => remade(on(), []), with: ['coinbase-first'] },
  'block-size': {
    limits: { maxBlockWeight: 4000 },
    block: paying([output(0, new Uint8Array(400).fill(1)), output(0, new Uint8Array(400).fill(1))]),
    with: ['block-weight'],
  },
  'coinbase-first': { block: (made) => remade(made.on(), [pay([spendOf(made)], 1)]) },
  'coinbase-once': {
    block: ({ on }) => remade(on(), [on().transactions[0]!, on({ tag: 7 }).transactions[0]!]),
  },
  'has-inputs': { block: ({ on }) => on({ transactions: [pay([], 0)] }) },
  'has-outputs': { block: paying([]) },
  'transaction-size': {
    limits: { maxBlockWeight: 4000 },
    block: paying([output(0, new Uint8Array(960).fill(1))]),
    with: ['block-size', 'block-weight'],
  },
  'output-not-negative': { block: paying([output(-1)]), with: ['output-total'] },
  'output-not-too-large': {
    block: paying([output(2_100_000_000_000_001n)]),
    with: ['output-total', 'value-conserved'],
  },
  'output-total': {
    limits: { maxMoneySats: 6_000_000_000 },
    block: paying([output(6_000_000_000), output(1)]),
    with: ['value-conserved'],
  },
  'distinct-inputs': { block: (made) => made.on({ transactions: [pay([spendOf(made), spendOf(made)], 1)] }) },
  'coinbase-script-length': {
    deployments: ALL_OFF,
    block: ({ on }) => remade(on(), [withInput(on(), { scriptSig: script(1) })]),
  },
  'inputs-name-outputs': {
    block: (made) => made.on({ transactions: [pay([spendOf(made), nothing], 1)] }),
    with: ['inputs-unspent'],
  },
  'legacy-sigops': { limits: { maxBlockSigopsCost: 40 }, block: paying([sigops(11)]), with: ['sigop-cost'] },
  'parent-known': {
    block: ({ on }) => ({ ...on(), header: solve({ ...on().header, previous: NULL_HASH }) }),
  },
  difficulty: { block: ({ on }) => on({ header: { bits: 0x207ffffe } }) },
  'time-after-median': { block: ({ on }) => on({ header: { time: GENESIS.header.time } }) },
  'no-timewarp': {
    limits: { enforceBip94: true },
    blocks: 3,
    below: (index) => (index === 2 ? { header: { time: GENESIS.header.time + 5000 } } : {}),
    block: ({ on, top }) => on({ header: { time: top.header.time - 601 } }),
  },
  'time-not-in-future': { block: ({ on }) => on({ header: { time: NOW + 7201 } }) },
  'version-at-least-2': {
    deployments: { ...ALL_OFF, bip34: { kind: 'always' } },
    block: ({ on }) => on({ header: { version: 1 } }),
  },
  'version-at-least-3': {
    deployments: { ...ALL_OFF, bip66: { kind: 'always' } },
    block: ({ on }) => on({ header: { version: 2 } }),
  },
  'version-with-segwit': {
    derived: { minVersionWithSegwit: 4 },
    deployments: { bip34: { kind: 'never' }, bip65: { kind: 'never' }, bip66: { kind: 'never' } },
    block: ({ on }) => on({ header: { version: 3 } }),
  },
  'version-at-least-4': { block: ({ on }) => on({ header: { version: 3 } }) },
  'mandatory-signal': {
    deployments: {
      csv: {
        kind: 'bip8',
        bit: 0,
        startHeight: 4,
        timeoutHeight: 12,
        lockInOnTimeout: true,
        threshold: 3,
        window: 4,
      },
    },
    blocks: 8,
    block: ({ on }) => on(),
    honest: { header: { version: 0x20000001 } },
  },
  'final-by-block-time': {
    deployments: ALL_OFF,
    block: (made) =>
      made.on({ transactions: [pay([spendOf(made)], 1, { lockTime: made.top.header.time + 600 })] }),
  },
  'final-by-median-time': {
    block: (made) => made.on({ transactions: [pay([spendOf(made)], 1, { lockTime: made.top.header.time })] }),
  },
  'coinbase-height': { block: ({ on }) => remade(on(), [withInput(on(), { scriptSig: script(0x57, 1) })]) },
  'witness-reserved-value': { block: ({ on }) => committed(on(), [], []) },
  'witness-commitment': { block: ({ on }) => committed(on(), RESERVED, [], 1) },
  'no-witness': {
    deployments: ALL_OFF,
    block: ({ on }) => remade(on(), [withInput(on(), { witness: RESERVED })]),
  },
  'no-uncommitted-witness': { block: ({ on }) => remade(on(), [withInput(on(), { witness: RESERVED })]) },
  'block-weight': {
    limits: { maxBlockWeight: 4000 },
    block: (made) => {
      const { inputs, ...rest } = pay([spendOf(made)], 1)
      const witness = [new Uint8Array(3000)]
      return committed(made.on(), RESERVED, [
        { ...rest, inputs: inputs.map((input) => ({ ...input, witness })) },
      ])
    },
    with: ['scripts'],
  },
  'no-overwrite': {
    deployments: ALL_OFF,
    blocks: 4,
    block: ({ on, blocks }) => remade(on(), [blocks[3]!.transactions[0]!]),
  },
  'inputs-unspent': {
    block: (made) => made.on({ transactions: [pay([{ ...spendOf(made), index: 1 }], 1)] }),
  },
  'coinbase-maturity': { block: (made) => made.on({ transactions: [pay([spendOf(made, 3)], 1)] }) },
  'input-values': {
    limits: { maxMoneySats: 6_000_000_000 },
    block: (made) => made.on({ transactions: [pay([spendOf(made), spendOf(made, 1)], 6_000_000_000)] }),
  },
  'value-conserved': { block: paying([output(5_000_000_001)]) },
  'fee-in-range': {
    limits: { maxMoneySats: 6_000_000_000 },
    block: (made) => made.on({ transactions: [pay([spendOf(made), spendOf(made, 1)], 1)] }),
    with: ['input-values', 'fees-in-range'],
  },
  'fees-in-range': {
    limits: { maxMoneySats: 6_000_000_000 },
    block: (made) => made.on({ transactions: [0, 1].map((at) => pay([spendOf(made, at)], 1)) }),
  },
  'relative-lock': { block: (made) => made.on({ transactions: [pay([spendOf(made)], 1, { sequence: 6 })] }) },
  'sigop-cost': {
    limits: { maxBlockSigopsCost: 79 },
    block: (made) => {
      const redeem = script(0xae)
      const hash = ripemd160(sha256(redeem))
      const funding = pay([spendOf(made)], 9, { outputs: [output(9, script(0xa9, 20, ...hash, 0x87))] })
      const { inputs, ...rest } = pay([paidBy(funding)], 1)
      const spender = {
        ...rest,
        inputs: inputs.map((input) => ({ ...input, scriptSig: script(1, ...redeem) })),
      }
      return made.on({ transactions: [funding, spender] })
    },
    with: ['scripts'],
  },
  'coinbase-amount': { block: ({ on }) => on({ more: 1 }) },
  'subsidy-ends': {
    limits: { halvingIntervalBlocks: 1 },
    blocks: 63,
    block: ({ on }) => on({ more: 1 }),
  },
  scripts: {
    block: (made) => {
      const { inputs, ...rest } = pay([spendOf(made)], 1)
      return made.on({
        transactions: [{ ...rest, inputs: inputs.map((input) => ({ ...input, scriptSig: script(0x6a) })) }],
      })
    },
  },
}

function chainOf({ limits = {}, derived = {}, deployments = {}, signetChallenge }: Case): Chain {
  const tiny = chainFiles.get('tiny') as { limits: object; deployments: object }
  const file = {
    ...tiny,
    limits: { ...tiny.limits, ...limits },
    deployments: { ...tiny.deployments, ...deployments },
    ...(signetChallenge === undefined ? {} : { signetChallenge }),
  }
  const decoded = decodeChainFile(file)
  if (!decoded.ok) throw new Error(decoded.error)
  return { ...decoded.chain, limits: { ...decoded.chain.limits, ...derived } }
}

/** A chain with the blocks that a case stands on. */
function prepare(given: Case) {
  const chain = chainOf(given)
  let state = openChain(chain)
  let top = GENESIS
  const blocks: Block[] = []
  while (blocks.length < (given.blocks ?? 5)) {
    const block = mine(top, { chain, ...given.below?.(blocks.length) })
    const received = receiveBlock(state, block, NOW)
    expect(received.verdict.outcome).toBe('connected')
    state = received.state
    top = extend(top, block.header)
    blocks.push(block)
  }
  return { state, made: { chain, blocks, top, on: (plan: Plan = {}) => mine(top, { chain, ...plan }) } }
}

describe('every rule', () => {
  const { 'unconfirmed transaction': _, ...blockStages } = stages
  const ids = Object.values(blockStages).flatMap((list) =>
    [...rulesOf(list as typeof stages.block)].map(({ rule }) => rule.id),
  )
  it('has a block that breaks it', () => expect(Object.keys(CASES).sort()).toEqual(ids.sort()))
  it.each(Object.entries(CASES))('%s stops a block, from its arrival on', (id, given) => {
    const { state, made } = prepare(given)
    const block = given.block(made)
    const broken = [...diagnoseBlock(state, block, NOW)].map(({ rule }) => rule.id)
    expect([...new Set(broken)].sort()).toEqual([id, ...(given.with ?? [])].sort())
    expect(receiveBlock(state, block, NOW).verdict).toMatchObject({ outcome: 'rejected', rule: broken[0] })
    if (given.signetChallenge === undefined)
      expect([...diagnoseBlock(state, made.on(given.honest), NOW)]).toEqual([])
  })
})
