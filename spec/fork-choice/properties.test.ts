import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Block, Branch, Outpoint, Transaction } from '../vocabulary/index.ts'
import { sats } from '../vocabulary/index.ts'
import { printDigest } from './coins.ts'
import { diagnoseBlock } from './diagnose.ts'
import { receiveBlock } from './receive.ts'
import { extend, type ForkState, openChain, tipCoins } from './state.ts'
import { GENESIS, mine, NOW, pay, reward, TINY } from './testing.ts'

/** One thing done to a block that is valid without it; several may meet. */
type Flaw = (plan: { block: Block; spend: Outpoint }) => {
  transactions?: Transaction[]
  header?: object
  more?: number
}

const FLAWS: Record<string, Flaw> = {
  amount: () => ({ more: 1 }),
  old: () => ({ header: { time: GENESIS.header.time } }),
  version: () => ({ header: { version: 2 } }),
  bits: () => ({ header: { bits: 0x207ffffd } }),
  root: () => ({ header: { merkleRoot: GENESIS.hash } }),
  immature: ({ block }) => ({ transactions: [pay([reward(block)], 1)] }),
  missing: ({ spend }) => ({ transactions: [pay([{ ...spend, index: 5 }], 1)] }),
  twice: ({ spend }) => ({ transactions: [pay([spend, spend], 1)] }),
  below: ({ spend }) => ({ transactions: [pay([spend], 6_000_000_000)] }),
  negative: ({ spend }) => ({ transactions: [pay([spend], -1)] }),
  locked: ({ spend }) => ({ transactions: [pay([spend], 1, { lockTime: 6 })] }),
  relative: ({ spend }) => ({ transactions: [pay([spend], 1, { sequence: 6 })] }),
  barren: ({ spend }) => ({ transactions: [pay([spend], 1, { outputs: [] })] }),
  large: ({ spend }) => ({
    transactions: [
      pay([spend], 1, {
        outputs: [{ value: sats(TINY.limits.maxMoneySats + 1n), script: new Uint8Array() }],
      }),
    ],
  }),
}

/** Five blocks on genesis. */
function start(): { state: ForkState; blocks: Block[]; top: Branch } {
  let state = openChain(TINY)
  let top = GENESIS
  const blocks: Block[] = []
  for (let count = 0; count < 5; count += 1) {
    const block = mine(top)
    blocks.push(block)
    top = extend(top, block.header)
    state = receiveBlock(state, block, NOW).state
  }
  return { state, blocks, top }
}

describe('validate and diagnose', () => {
  const { state, blocks, top } = start()
  it('agree: the first rule diagnosed is the reason given, and none is diagnosed where none is given', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...Object.keys(FLAWS)), { maxLength: 3 }), (names) => {
        const flaws = names.map((name) => FLAWS[name]!({ block: blocks[4]!, spend: reward(blocks[0]!) }))
        const block = mine(top, {
          transactions: flaws.flatMap((flaw) => flaw.transactions ?? []),
          header: Object.assign({}, ...flaws.map((flaw) => flaw.header)),
          more: flaws.reduce((sum, flaw) => sum + (flaw.more ?? 0), 0),
        })
        const diagnosed = [...diagnoseBlock(state, block, NOW)].map(({ rule }) => rule.id)
        const { verdict } = receiveBlock(state, block, NOW)
        expect('rule' in verdict ? verdict.rule : undefined).toBe(diagnosed[0])
        expect(diagnosed.length > 0).toBe(names.length > 0)
      }),
      { numRuns: 200 },
    )
  })
})

/** A tree of blocks by the index of each one's parent, 0 being genesis; every block is its own. */
const anyTree = fc
  .array(fc.nat(), { minLength: 1, maxLength: 14 })
  .map((picks) => picks.map((pick, index) => pick % (index + 1)))

function grow(parents: readonly number[]): Block[] {
  const tops: Branch[] = [GENESIS]
  return parents.map((parent, index) => {
    const block = mine(tops[parent]!, { tag: index + 1 })
    tops.push(extend(tops[parent]!, block.header))
    return block
  })
}

describe('the chain that is followed', () => {
  it('has most work, and the coins of its own blocks alone', () => {
    fc.assert(
      fc.property(anyTree, (parents) => {
        const state = grow(parents).reduce((at, block) => receiveBlock(at, block, NOW).state, openChain(TINY))
        const most = [...state.headers.values()].reduce((left, right) =>
          right.chainWork > left.chainWork ? right : left,
        )
        expect(state.tip.chainWork).toBe(most.chainWork)
        const path: Block[] = []
        for (let at = state.tip; at.parent !== undefined; at = at.parent)
          path.unshift(state.blocks.get(at.hash)!)
        const alone = path.reduce((at, block) => receiveBlock(at, block, NOW).state, openChain(TINY))
        expect(printDigest(tipCoins(state))).toBe(printDigest(tipCoins(alone)))
      }),
      { numRuns: 60 },
    )
  })
  it('does not depend on the order of arrival, but for ties', () => {
    fc.assert(
      fc.property(anyTree, fc.infiniteStream(fc.nat()), (parents, picks) => {
        const waiting = grow(parents)
        let state = openChain(TINY)
        const first = waiting.reduce((at, block) => receiveBlock(at, block, NOW).state, state)
        while (waiting.length > 0) {
          const ready = waiting.filter((block) => state.headers.has(block.header.previous))
          const next = ready[picks.next().value % ready.length]!
          waiting.splice(waiting.indexOf(next), 1)
          state = receiveBlock(state, next, NOW).state
        }
        expect(state.tip.chainWork).toBe(first.tip.chainWork)
      }),
      { numRuns: 40 },
    )
  })
})
