import { describe, expect, it } from 'vitest'
import { PROPOSALS, spenderOf, UPGRADES } from '../../../spec/index.ts'
import { createEngine } from '../../adapters/index.ts'
import { candidatesFor } from './candidates.ts'
import { measurePrices } from './measure-prices.ts'
import { meterTransaction } from './meter.ts'
import { PRICES } from './prices.ts'
import { secondsOf } from './work.ts'
import { findWorstBlocks } from './worst-block.ts'

const draftOf = (id: string) => PROPOSALS.find((draft) => draft.id === id)!
const known = [...candidatesFor(draftOf('bip323'), 1)]
const named = (name: string) => known.find((candidate) => candidate.name === name)!

function meter(name: string, inputs: number, times: number) {
  const { transaction, spentOutputs } = named(name).spend(inputs, times)
  return meterTransaction(transaction, spentOutputs, UPGRADES)
}

describe('the meter', () => {
  it.each([
    ['bare: 2DUP CHECKSIG DROP', 3],
    ['witness script: 2DUP CHECKSIG DROP', 3],
    ['tapscript: 2DUP CHECKSIGVERIFY', 3],
    ['bare: 0 <sig> 1 20 keys  20 CHECKMULTISIG DROP', 60],
  ])('counts each signature of %s', (name, signatures) => {
    expect(meter(name, 1, 3)).toMatchObject({ error: 'OK', work: { signatures } })
  })
  it('counts the bytes that hash opcodes hash, as often as they do', () => {
    const [one, two] = [1, 2].map((times) => meter('bare: DUP HASH256 DROP', 1, times).work.hashedBytes)
    expect(two! - one!).toBe(520 + 32)
  })
  it('counts what all signatures of a script sign once, and again behind each separator', () => {
    const [plain, separated] = ['', ' CODESEPARATOR'].map((end) =>
      [1, 2].map((times) => meter(`bare: 2DUP CHECKSIG DROP${end}`, 1, times).work.hashedBytes),
    )
    // The script itself is signed, and is four bytes longer with each time: nothing else changes.
    expect(plain![1]! - plain![0]!).toBeLessThan(10)
    expect(separated![1]! - separated![0]!).toBeGreaterThan(80)
  })
  it('counts what a draft pays for, though the same signature is verified once', () => {
    const draft = draftOf('bip348')
    const repeated = [...candidatesFor(draft, 1)].find(
      ({ name, spend }) =>
        name.endsWith('over and over') && spend(1, 1).transaction.inputs[0]!.witness[0]!.length === 64,
    )!
    const { transaction, spentOutputs } = repeated.spend(1, 4)
    const { error, work } = meterTransaction(transaction, spentOutputs, [...UPGRADES, draft])
    expect([error, work.signatures]).toEqual(['OK', 4])
  })
  it('says what stops a script, and leaves the hash functions as they were', () => {
    const spentOutputs = [{ value: 0n as never, script: Uint8Array.of(0) }]
    expect(meterTransaction(spenderOf({}), spentOutputs, UPGRADES).error).toBe('EVAL_FALSE')
    expect(meter('bare: DUP HASH256 DROP', 1, 1)).toEqual(meter('bare: DUP HASH256 DROP', 1, 1))
  })
})

describe('prices', () => {
  it('come from the node: a signature costs more than a byte', () => {
    let time = 0
    const { signatures, hashedBytes } = measurePrices(createEngine('node').scripts!, () => performance.now())
    expect(signatures).toBeGreaterThan(100 * hashedBytes)
    expect(measurePrices(createEngine('node').scripts!, () => time++)).toMatchObject({ signatures: 0 })
  })
  it('are added up kind by kind', () => {
    const work = { signatures: 2, hashedBytes: 3, stackBytes: 5, instructions: 7 }
    const nanoseconds = { signatures: 1e9, hashedBytes: 2e9, stackBytes: 3e9, instructions: 4e9 }
    expect(secondsOf(work, { ...PRICES, nanoseconds })).toBe(2 + 6 + 15 + 28)
  })
})

describe('the worst block', () => {
  it('hashes without end today, and is bounded by the consensus cleanup', () => {
    const { before, after } = findWorstBlocks(draftOf('bip54'), PRICES, 1)
    expect(before).toMatchObject({ found: 'bare: 2DUP CHECKSIG DROP CODESEPARATOR', inputs: 24_000 })
    expect(after.seconds).toBeLessThan(before.seconds / 3)
    // 2500 checks to a transaction: 13 inputs of 180 checks are 2340, 14 are too many.
    expect(after).toMatchObject({ inputs: 13, times: 9 })
  }, 120_000)
})
