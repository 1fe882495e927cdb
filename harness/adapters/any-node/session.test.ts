import { describe, expect, it } from 'vitest'
import type { Verdict } from '../../ports/index.ts'
import { blockSchema, createForge, GENESIS } from '../../scenario/index.ts'
import { blockHash, hexToBytes, parentHash } from '../../wire/index.ts'
import { Abstention, TargetError } from '../abstention.ts'
import { BTCD } from '../btcd/client.ts'
import { createEngine } from '../index.ts'
import type { DaemonChannel } from '../process/channel.ts'
import type { RpcAnswer } from '../process/rpc.ts'
import { refusalOf } from './engine.ts'
import { createPlainSession } from './session.ts'

const { chain } = BTCD
const START = 1_600_000_000

const forge = createForge(chain, START, {
  keys: [],
  transactions: {},
  blocks: {
    b1: blockSchema.parse({ extends: GENESIS, time: START }),
    b2: blockSchema.parse({ extends: 'b1' }),
    rival: blockSchema.parse({ extends: 'b1', time: 'parent+601' }),
    rivalAbove: blockSchema.parse({ extends: 'rival' }),
    greedy: blockSchema.parse({ extends: 'b2', coinbase: { value: { plus: 1 } } }),
    above: blockSchema.parse({ extends: 'greedy' }),
    ahead: blockSchema.parse({ extends: 'b2', time: 'start+900000' }),
  },
})
const bytes = (name: string) => forge.block(name).bytes

/** A node that takes whatever stands on its tip, and says what the test wants of other blocks. */
function fakeNode(says: Readonly<Record<string, string>> = {}, lacks: readonly string[] = []) {
  let tip = blockHash(hexToBytes(chain.genesisBlock))
  const known = new Set([tip])
  const asked: string[] = []
  const submit = (block: Uint8Array) => {
    const [hash, parent] = [blockHash(block), parentHash(block)]
    const name = Object.keys(says).find((entry) => blockHash(bytes(entry)) === hash)
    if (known.has(hash)) return `rejected: already have block ${hash}`
    if (name !== undefined) return `rejected: ${says[name]}`
    known.add(hash)
    if (parent === tip) tip = hash
    return null
  }
  const call = (method: string, param?: unknown): RpcAnswer => {
    asked.push(method)
    if (lacks.includes(method)) return { error: { code: -32601, message: 'Method not found' } }
    if (method === 'submitblock') return { result: submit(hexToBytes(String(param))) }
    return { result: { bestblockhash: tip, mediantime: 7 } }
  }
  const channel = {
    call,
    send: (_: Uint8Array, { payload }: { payload: Uint8Array }) => submit(payload) === null,
    start: () => ({ datadir: '' }),
    attach: () => {},
    isAlive: () => true,
    close: () => {},
  } satisfies DaemonChannel
  return { channel, asked }
}

function sessionOf(node: ReturnType<typeof fakeNode>, twin?: ReturnType<typeof fakeNode>) {
  const running = { channel: node.channel, chain, words: BTCD.words }
  return createPlainSession(twin === undefined ? running : { ...running, twin: twin.channel })
}

describe('a node that has no more than every node has', () => {
  const verdictsOf = (session: ReturnType<typeof sessionOf>, ...names: string[]): Verdict[] =>
    names.map((name) => session.deliverBlock(bytes(name), START + 5_000))

  it('connects, keeps aside and repeats', () => {
    const outcomes = verdictsOf(sessionOf(fakeNode()), 'b1', 'b2', 'rival', 'b2').map(
      ({ outcome }) => outcome,
    )
    expect(outcomes).toEqual(['connected', 'connected', 'stored', 'duplicate'])
  })
  it("is understood by its own words, and one that is not among them agrees with nobody's", () => {
    const pays = fakeNode({
      greedy: 'coinbase transaction for block pays 1 which is more than expected value of 0',
    })
    expect(verdictsOf(sessionOf(pays), 'b1', 'b2', 'greedy')[2]).toMatchObject({
      outcome: 'rejected',
      class: 'invalid',
      reason: 'bad-cb-amount',
    })
    const session = createPlainSession({
      channel: fakeNode({ b1: 'no such word' }).channel,
      chain,
      words: [],
    })
    expect(session.deliverBlock(bytes('b1'), START)).toMatchObject({
      reason: expect.stringContaining('not among'),
    })
  })
  it('is not asked what its clock or its orphans would decide', () => {
    const node = fakeNode()
    const verdicts = verdictsOf(sessionOf(node), 'b1', 'b2', 'ahead', 'above')
    expect(verdicts.slice(2)).toEqual([
      { outcome: 'unknown', reason: 'its clock cannot be set' },
      { outcome: 'unknown', reason: 'it keeps blocks whose parent it lacks' },
    ])
    expect(node.asked.filter((method) => method === 'submitblock')).toHaveLength(2)
  })
  it('has the coins that its active chain makes, as the specification counts them', () => {
    const [session, spec] = [sessionOf(fakeNode()), createEngine('spec').openChain(chain)]
    for (const name of ['b1', 'b2', 'rival'])
      for (const each of [session, spec]) each.deliverBlock(bytes(name), START + 5_000)
    expect(session.coinCount()).toBe(2)
    expect(session.coinDigest()).toBe(spec.coinDigest())
    expect(session.tip()).toEqual(spec.tip())
  })
  it('and its twin must come to the same tip by P2P', () => {
    expect(verdictsOf(sessionOf(fakeNode(), fakeNode()), 'b1', 'b2')[1]).toEqual({ outcome: 'connected' })
    const deaf = fakeNode({ b2: 'whatever' })
    expect(() => verdictsOf(sessionOf(fakeNode(), deaf), 'b1', 'b2')).toThrow(TargetError)
  })
  it('that is sent a block as by a peer says by its tip that it takes it, and by submitblock that it did not', () => {
    const { channel } = fakeNode({ b2: 'duplicate-invalid' })
    const words = [{ pattern: /duplicate/, means: 'duplicate' as const }]
    const session = createPlainSession({ channel, chain, words, asPeer: true })
    expect(verdictsOf(session, 'b1', 'b2')).toEqual([
      { outcome: 'connected' },
      { outcome: 'rejected', class: 'invalid', isClassUnknown: true, reason: 'rejected: duplicate-invalid' },
    ])
    const deaf = { ...fakeNode().channel, send: () => false }
    expect(() => verdictsOf(createPlainSession({ channel: deaf, chain, words, asPeer: true }), 'b1')).toThrow(
      /^by P2P it does not take block/,
    )
  })
  it('that keeps a branch says by getchaintips whether it failed', () => {
    const { channel } = fakeNode()
    const failing: DaemonChannel = {
      ...channel,
      call: (method, ...params) =>
        method === 'getchaintips'
          ? { result: [{ hash: blockHash(bytes('rivalAbove')), status: 'invalid' }] }
          : channel.call(method, ...params),
    }
    const session = createPlainSession({ channel: failing, chain, words: [] })
    expect(verdictsOf(session, 'b1', 'b2', 'rival', 'rivalAbove').slice(2)).toEqual([
      { outcome: 'stored' },
      { outcome: 'invalid-ancestor' },
    ])
  })
  it('abstains from a method that it lacks', () => {
    const session = sessionOf(fakeNode({}, ['invalidateblock']))
    verdictsOf(session, 'b1')
    expect(() => session.invalidate(blockHash(bytes('b1')))).toThrow(
      new Abstention('it has no invalidateblock'),
    )
  })
  it('is a node of its own chain alone', () => {
    expect(refusalOf(BTCD, chain)).toBeUndefined()
    const harder = { ...chain, limits: { ...chain.limits, coinbaseMaturityBlocks: 1 } }
    expect(refusalOf(BTCD, harder)).toBe('its limits cannot be changed')
  })
})
