import { describe, expect, test } from 'vitest'
import { FLAG, InPlaceChecks, type InputCheck, type ScriptChecks } from '../script-engine/index.ts'
import { testChainFile } from '../testing/chains.ts'
import { ANYONE } from '../testing/forge.ts'
import { coinbaseOf, crypto, spend } from '../testing/spends.ts'
import { TestWorld } from '../testing/world.ts'
import {
  ByteReader,
  encodeTransaction,
  parseTransaction,
  type Transaction,
  type TxOutput,
} from '../wire/index.ts'
import { createScriptMemory } from './script-memory.ts'

/** Carries checks out, and counts them. */
class CountingChecks implements ScriptChecks {
  readonly #inner = new InPlaceChecks({ crypto })
  count = 0

  submit(index: number, check: InputCheck): void {
    this.count++
    this.#inner.submit(index, check)
  }

  settle() {
    return this.#inner.settle()
  }
}

const ROOT = { txid: new Uint8Array(32).fill(9) } as unknown as Transaction
const parse = (bytes: Uint8Array) => parseTransaction(new ByteReader(bytes), crypto)
const PAIR = parse(spend([{ from: ROOT }, { from: ROOT, index: 1 }], [1]))

function memory(transactionsMax?: number) {
  const checks = new CountingChecks()
  const { forPool, forBlocks } = createScriptMemory(checks, 'test', transactionsMax)
  /** How many checks were really carried out, and whether one failed. */
  const judge = (
    face: ScriptChecks,
    tx: Transaction,
    flags: number,
    script = ANYONE,
    inputs = tx.inputs.length,
  ) => {
    const before = checks.count
    const spent: TxOutput[] = tx.inputs.map(() => ({ value: 1, script }))
    for (let inputIndex = 0; inputIndex < inputs; inputIndex++)
      face.submit(inputIndex, { tx, inputIndex, spent, flags })
    return { failed: face.settle()?.index, carriedOut: checks.count - before }
  }
  return { forPool, forBlocks, judge }
}

describe('what the pool has judged', () => {
  test('is passed over in a block, under the same flags and no others', () => {
    const { forPool, forBlocks, judge } = memory()
    expect(judge(forBlocks, PAIR, FLAG.P2SH)).toEqual({ failed: undefined, carriedOut: 2 })
    expect(judge(forPool, PAIR, FLAG.P2SH).carriedOut).toBe(2)
    expect(judge(forBlocks, PAIR, FLAG.P2SH)).toEqual({ failed: undefined, carriedOut: 0 })
    for (const flags of [0, FLAG.P2SH | FLAG.WITNESS, FLAG.WITNESS])
      expect(judge(forBlocks, PAIR, flags).carriedOut).toBe(2)
  })

  test('and failed, or was judged in part, is judged again', () => {
    const { forPool, forBlocks, judge } = memory()
    expect(judge(forPool, PAIR, 0, Uint8Array.of(0))).toEqual({ failed: 0, carriedOut: 2 })
    expect(judge(forPool, PAIR, 0, ANYONE, 1).carriedOut).toBe(1)
    expect(judge(forBlocks, PAIR, 0, Uint8Array.of(0))).toEqual({ failed: 0, carriedOut: 2 })
  })

  test('by the rules of relay is of no use to blocks', () => {
    const { forPool, forBlocks, judge } = memory()
    judge(forPool, PAIR, FLAG.P2SH | FLAG.LOW_S)
    expect(judge(forBlocks, PAIR, FLAG.P2SH | FLAG.LOW_S).carriedOut).toBe(2)
  })

  test('is kept apart by witnesses', () => {
    const { forPool, forBlocks, judge } = memory()
    const shown = (item: number) => {
      const input = { prevTxid: ROOT.txid, prevIndex: 0, scriptSig: new Uint8Array(0), sequence: 0 }
      const witness = [Uint8Array.of(item)]
      return parse(
        encodeTransaction({ version: 2, inputs: [{ ...input, witness }], outputs: [], lockTime: 0 }),
      )
    }
    judge(forPool, shown(1), 0)
    expect(judge(forBlocks, shown(1), 0).carriedOut).toBe(0)
    expect(judge(forBlocks, shown(2), 0).carriedOut).toBe(1)
  })

  test('is forgotten when there is more', () => {
    const { forPool, forBlocks, judge } = memory(1)
    const other = parse(spend([{ from: ROOT }], [2]))
    judge(forPool, PAIR, 0)
    judge(forPool, other, 0)
    expect(judge(forBlocks, other, 0).carriedOut).toBe(0)
    expect(judge(forBlocks, PAIR, 0).carriedOut).toBe(2)
  })
})

test('a node connects a block of pooled transactions without judging a script again', () => {
  const checks = new CountingChecks()
  const world = new TestWorld(testChainFile(crypto))
  const node = world.add({ checks })
  const coins = world.generate(node, 6).map(coinbaseOf)
  for (const coin of coins.slice(0, 3))
    world.submit(node, 'submitTransaction', spend([{ from: coin }], [1_000_000]))
  const before = checks.count
  expect(before).toBeGreaterThan(2)
  world.generate(node, 1)
  expect(node.node.view.mempool()).toEqual([])
  expect(checks.count).toBe(before)
})
