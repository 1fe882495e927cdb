import { describe, expect, it } from 'vitest'
import { compileScenario, parseScenario } from '../../scenario/index.ts'
import { parentHash } from '../../wire/index.ts'
import { TargetError } from '../abstention.ts'
import { BITCOIND_REASONS } from '../bitcoind/reasons.ts'
import { chainLookup } from '../chains.ts'
import { createEngine } from '../index.ts'
import type { RpcAnswer } from '../process/rpc.ts'
import { createDaemonBlocks } from './blocks.ts'
import { createDaemonRpc } from './methods.ts'
import { orphaned } from './orphan.ts'
import { lacksReservedValue } from './repair.ts'

const { items } = compileScenario(
  parseScenario({
    format: 'touchstone-scenario/1',
    title: 'blocks to hand over',
    story: 'A block, one that commits to witnesses, and a copy without its own.',
    sources: ['BIP141'],
    chain: 'regtest',
    blocks: {
      plain: { extends: 'genesis' },
      commits: { extends: 'genesis', coinbase: { witnessCommitment: 'always' } },
      stripped: { copyOf: 'commits', edits: [{ transaction: 0, witness: [] }] },
    },
    steps: [{ do: 'send', items: ['plain'] }],
  }),
  chainLookup,
)
const bytesOf = (name: string) => items.get(name)!.bytes

it('reads the parent of a block that came as a Buffer and leaves its bytes alone', () => {
  const received = Buffer.from(bytesOf('plain'))
  expect(parentHash(received)).toBe(items.get('genesis')!.hash)
  expect(received).toEqual(Buffer.from(bytesOf('plain')))
})

const result = (value: unknown): RpcAnswer => ({ result: value })
const error = (code: number, message: string): RpcAnswer => ({ error: { code, message } })

interface Fake {
  readonly submitblock?: RpcAnswer
  readonly submitheader?: RpcAnswer
  readonly getblockheader?: RpcAnswer
}

const NOWHERE = error(-5, 'Block not found')

/** What is made of a daemon's answers. */
function blocksOf(fake: Fake, mutation?: string, looksUpFirst = false) {
  const rpc = createDaemonRpc((method) => fake[method as keyof Fake] ?? NOWHERE)
  return createDaemonBlocks({
    rpc,
    reasons: BITCOIND_REASONS,
    proofOfWork: 'sha256d',
    mutationOf: () => mutation,
    looksUpFirst,
  })
}

const inChain = result({ confirmations: 1, nTx: 1 })
const aside = result({ confirmations: -1, nTx: 1 })

describe('a block that an operator submits', () => {
  const judged = (fake: Fake) => blocksOf(fake).judge(bytesOf('plain'))

  it('is where the daemon has it', () => {
    expect(judged({ submitblock: result(null), getblockheader: inChain })).toEqual({ outcome: 'connected' })
    expect(
      judged({ submitblock: result('inconclusive'), getblockheader: aside, submitheader: result(null) }),
    ).toEqual({ outcome: 'stored' })
    const failed = error(-25, 'duplicate-invalid')
    expect(
      judged({ submitblock: result('inconclusive'), getblockheader: aside, submitheader: failed }),
    ).toEqual({ outcome: 'invalid-ancestor' })
  })
  it('is refused in the words of BIP22', () => {
    expect(judged({ submitblock: result('bad-cb-amount') })).toMatchObject({
      class: 'invalid',
      reason: 'bad-cb-amount',
    })
    expect(judged({ submitblock: result('bad-prevblk') })).toMatchObject({ outcome: 'invalid-ancestor' })
    expect(judged({ submitblock: result('duplicate') })).toMatchObject({ outcome: 'duplicate' })
    expect(judged({ submitblock: error(-22, 'Block decode failed') })).toMatchObject({
      class: 'mutated',
      reason: 'decode-failed',
    })
  })
  it('that failed before failed by itself or by what lies below it', () => {
    const cached = { submitblock: result('duplicate-invalid'), getblockheader: aside }
    expect(judged({ ...cached, submitheader: result(null) })).toMatchObject({ outcome: 'rejected' })
    expect(judged({ ...cached, submitheader: error(-25, 'duplicate-invalid') })).toMatchObject({
      outcome: 'invalid-ancestor',
    })
  })
  it('is no verdict where the daemon itself is in trouble', () => {
    expect(() => judged({ submitblock: error(-1, 'disk full') })).toThrow(TargetError)
  })
})

describe('a header that an operator submits', () => {
  const judged = (fake: Fake) => blocksOf(fake).judgeHeader(bytesOf('plain').subarray(0, 80))
  const parentFirst = error(-25, 'Must submit previous header (ab) first')

  it('is new or known', () => {
    expect(judged({ submitheader: result(null) })).toEqual({ outcome: 'stored' })
    expect(judged({ submitheader: result(null), getblockheader: aside })).toMatchObject({
      outcome: 'duplicate',
    })
  })
  it('of an unknown parent is judged by its work first', () => {
    expect(judged({ submitheader: parentFirst, submitblock: result('bad-txnmrklroot') })).toMatchObject({
      class: 'missing',
    })
    expect(judged({ submitheader: parentFirst, submitblock: result('high-hash') })).toMatchObject({
      reason: 'high-hash',
    })
  })
})

describe('a coinbase that commits to witnesses and has none', () => {
  it('is distinguished', () => {
    expect(['plain', 'commits', 'stripped'].map((name) => lacksReservedValue(bytesOf(name)))).toEqual([
      false,
      false,
      true,
    ])
    expect(lacksReservedValue(bytesOf('stripped').subarray(0, 120))).toBe(false)
  })
  it('is judged as a peer sent it', () => {
    const known = { getblockheader: result({ confirmations: 1, nTx: 0 }), submitheader: result(null) }
    const orphan = { ...known, submitblock: result('prev-blk-not-found') }
    expect(blocksOf(orphan, 'bad-witness-nonce-size').judge(bytesOf('stripped'))).toMatchObject({
      class: 'mutated',
      reason: 'bad-witness-nonce-size',
    })
    expect(blocksOf(orphan).judge(bytesOf('stripped'))).toMatchObject({ outcome: 'unknown' })
  })
  it('is refused for what it breaks by itself first', () => {
    const alone = {
      getblockheader: result({ confirmations: 1, nTx: 0 }),
      submitblock: result('bad-cb-multiple'),
    }
    expect(blocksOf(alone, 'bad-witness-nonce-size').judge(bytesOf('stripped'))).toMatchObject({
      reason: 'bad-cb-multiple',
    })
  })
})

describe('a copy of a block on a parent that nobody knows', () => {
  it('differs in parent and nonce only, and has its work', () => {
    const [block, copy] = [Buffer.from(bytesOf('plain')), Buffer.from(orphaned(bytesOf('plain'), 'sha256d')!)]
    expect(copy.subarray(36, 76).equals(block.subarray(36, 76))).toBe(true)
    expect(copy.subarray(80).equals(block.subarray(80))).toBe(true)
    expect(copy.subarray(4, 36).equals(block.subarray(4, 36))).toBe(false)
    const session = createEngine('spec').openChain('regtest')
    expect(session.deliverBlock(copy, 1_400_000_000)).toMatchObject({ reason: 'prev-blk-not-found' })
  })
  it('is not made of a block without work', () => {
    const hard = Buffer.from(bytesOf('plain'))
    hard.writeUInt32LE(0x1d00ffff, 72)
    expect(orphaned(hard, 'sha256d')).toBeUndefined()
  })
})
