import { describe, expect, it } from 'vitest'
import { encodeBlock, encodeHeader } from '../encoding/index.ts'
import { height } from '../vocabulary/index.ts'
import { diagnoseBlock } from './diagnose.ts'
import { receiveBlock, receiveHeader } from './receive.ts'
import { extend, type ForkState, openChain } from './state.ts'
import { GENESIS, mine, mineChain, NOW, pay, reward, solve, TINY } from './testing.ts'
import { receiveTransaction } from './unconfirmed.ts'

const LAST = 5
const chain = { ...TINY, specifiedBelowHeight: height(LAST + 1) }
const { blocks, top } = mineChain(GENESIS, LAST)
const below = blocks.reduce((state, block) => receiveBlock(state, block, NOW).state, openChain(chain))
const block = mine(top)
/** A block in which a transaction has a flag that nobody here has heard of. */
const strange = Uint8Array.of(...encodeHeader(block.header), 1, 2, 0, 0, 0, 0, 8)

function say(state: ForkState, item: Parameters<typeof receiveBlock>[1], now = NOW) {
  const received = receiveBlock(state, item, now)
  return { said: received.verdict, isSame: received.state === state }
}

describe('a chain of which only the beginning is specified', () => {
  it.each([LAST - 1, LAST, LAST + 1])('is judged below that height: block %i', (at) => {
    const last = mineChain(GENESIS, at).blocks.at(-1)!
    const before = mineChain(GENESIS, at - 1).blocks.reduce(
      (state, block) => receiveBlock(state, block, NOW).state,
      openChain(chain),
    )
    expect(say(before, last).said.outcome).toBe(at <= LAST ? 'connected' : 'unknown')
  })
  it('says nothing of a block from there on, and stays as it is', () => {
    for (const item of [block, encodeBlock(block), strange, mine(top, { more: 1 })])
      expect(say(below, item)).toEqual({ said: { outcome: 'unknown' }, isSame: true })
  })
  it('knows what bytes are not, below that height', () => {
    expect(say(openChain(chain), strange).said).toMatchObject({ reason: 'decode-failed' })
    expect(say(below, strange.slice(0, 79)).said).toMatchObject({ reason: 'decode-failed' })
  })
  it('judges headers at any height', () => {
    const { state, verdict } = receiveHeader(below, block.header, NOW)
    expect(verdict.outcome).toBe('stored')
    expect(say(state, block).said.outcome).toBe('unknown')
    const above = mine(extend(top, block.header))
    expect(receiveHeader(state, above.header, NOW).verdict.outcome).toBe('stored')
    expect(say(state, above).said.outcome).toBe('unknown')
  })
  it('refuses a block whose header breaks a rule', () => {
    const late = { ...block, header: solve({ ...block.header, time: NOW + 7201 }) }
    const easy = { ...block, header: { ...block.header, bits: 0 } }
    expect(say(below, late)).toMatchObject({ said: { reason: 'time-too-new' }, isSame: true })
    expect(say(below, easy).said).toMatchObject({ rule: 'target-in-range' })
    expect([...diagnoseBlock(below, late, NOW)].map(({ rule }) => rule.id)).toEqual(['time-not-in-future'])
  })
  it('diagnoses nothing else of such a block', () => {
    const bad = { ...mine(top, { more: 1 }), transactions: [] }
    expect([...diagnoseBlock(below, bad, NOW)]).toEqual([])
  })
  it('says nothing of what the first such block may hold', () => {
    const payment = pay([reward(blocks[0]!)], 1)
    const { state, verdict } = receiveTransaction(below, payment)
    expect(verdict).toEqual({ outcome: 'unknown' })
    expect(state).toBe(below)
  })
})
