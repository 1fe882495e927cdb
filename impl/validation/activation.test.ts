import { describe, expect, test } from 'vitest'
import { builtInChain } from '../chains/index.ts'
import { CONSENSUS_FLAGS, FLAG, flagsFromNames } from '../script-engine/index.ts'
import { testChain } from '../testing/chains.ts'
import { crypto, TestChain } from '../testing/test-chain.ts'
import { Activations } from './activation.ts'
import type { ChainLink } from './proof-of-work.ts'

/** A block of which only the height matters. */
const at = (height: number): ChainLink => ({
  height,
  version: 4,
  time: 0,
  bits: 0,
  previous: undefined,
  ancestor: at,
})

describe('on the main chain', () => {
  const chain = builtInChain('bitcoin', crypto)!
  const activations = new Activations(chain)

  test.each([
    [227_931, 'heightInCoinbase', true, 2],
    [363_725, 'heightInCoinbase', true, 3],
    [388_381, 'heightInCoinbase', true, 4],
    [419_328, 'csv', true, 4],
    [481_824, 'segwit', true, 4],
  ] as const)('the rules of block %d begin with it', (height, rule, value, versionMin) => {
    const before = activations.after(at(height - 2))
    const active = activations.after(at(height - 1))
    expect(active[rule]).toBe(value)
    expect(active.versionMin).toBe(versionMin)
    expect(before).not.toEqual(active)
    expect(activations.after(at(height))).toEqual(active)
  })

  test('scripts with witnesses are judged from the start, the dummy of a multisignature from segwit on', () => {
    const first = activations.after(at(0))
    expect(first.flags).toBe(flagsFromNames(['P2SH', 'WITNESS', 'TAPROOT']))
    expect(first.versionMin).toBeLessThan(-1)
    expect(activations.after(at(481_823)).flags).toBe(CONSENSUS_FLAGS)
  })

  test('two blocks are judged by fewer rules', () => {
    const context = activations.after(at(800_000))
    const flagsOf = (hash: string) => activations.flagsFor(() => hash, context)
    const [bip16, taproot] = [...chain.exceptions.keys()]
    expect(flagsOf(bip16!)).toBe(CONSENSUS_FLAGS & ~(FLAG.P2SH | FLAG.WITNESS | FLAG.TAPROOT))
    expect(flagsOf(taproot!)).toBe(CONSENSUS_FLAGS & ~FLAG.TAPROOT)
    expect(flagsOf('00'.repeat(32))).toBe(CONSENSUS_FLAGS)
  })
})

describe('where scripts are judged from genesis', () => {
  const height = { kind: 'height', height: 50 }
  const chain = (deployments: object) =>
    testChain(crypto, {
      format: 'touchstone-chain/2',
      scriptsFromGenesis: true,
      wholePeriodRetarget: false,
      minVersionWithSegwit: 0x20000000,
      deployments: deployments as Record<string, unknown>,
    })

  test('the heights of segwit and taproot bring the commitment, NULLDUMMY and versions alone', () => {
    const activations = new Activations(chain({ bip16: height, segwit: height, taproot: height }))
    const [before, active] = [activations.after(at(48)), activations.after(at(49))]
    expect(before.segwit).toBe(false)
    expect(active.segwit).toBe(true)
    expect(active.flags & ~before.flags).toBe(FLAG.NULLDUMMY)
    expect(before.flags & ~active.flags).toBe(0)
    expect(before.versionMin).toBe(4)
    expect(active.versionMin).toBe(0x20000000)
  })

  test('what a chain never has is never judged', () => {
    const never = { kind: 'never' }
    const { flags } = new Activations(chain({ segwit: height, taproot: never })).after(at(0))
    expect(flags & (FLAG.P2SH | FLAG.WITNESS | FLAG.TAPROOT)).toBe(FLAG.P2SH | FLAG.WITNESS)
  })
})

describe('on a chain from a file', () => {
  test('each deployment brings its own flags', () => {
    const never = { kind: 'never' }
    const none = {
      bip16: never,
      bip34: never,
      bip65: never,
      bip66: never,
      csv: never,
      segwit: never,
      taproot: never,
    }
    const flagsWith = (name: string) =>
      new Activations(testChain(crypto, { deployments: { ...none, [name]: { kind: 'always' } } })).after(
        at(0),
      ).flags
    expect(flagsWith('bip34')).toBe(0)
    expect(flagsWith('bip16')).toBe(FLAG.P2SH)
    expect(flagsWith('bip65')).toBe(FLAG.CHECKLOCKTIMEVERIFY)
    expect(flagsWith('bip66')).toBe(FLAG.DERSIG)
    expect(flagsWith('csv')).toBe(FLAG.CHECKSEQUENCEVERIFY)
    expect(flagsWith('segwit')).toBe(FLAG.WITNESS | FLAG.NULLDUMMY)
    expect(flagsWith('taproot')).toBe(FLAG.TAPROOT)
  })

  test('a time is compared with the median time of the parent', () => {
    const node = new TestChain(testChain(crypto))
    node.mineMany(20)
    const median = node.chainstate.medianTimePast
    const isActive = (medianTime: number) =>
      new Activations(testChain(crypto, { deployments: { csv: { kind: 'time', medianTime } } })).after(
        node.tip,
      ).csv
    expect([median - 1, median, median + 1].map(isActive)).toEqual([true, true, false])
  })
})

test('on chains of Litecoin’s kind versions below those of BIP9 end with segwit', () => {
  const versionMinAfter = (proofOfWork: string, height: number) => {
    const segwit = { kind: 'height', height: 9 }
    const chain = testChain(crypto, { proofOfWork, deployments: { segwit, bip65: segwit } })
    return new Activations(chain).after(at(height)).versionMin
  }
  expect([7, 8, 9].map((height) => versionMinAfter('scrypt', height))).toEqual([3, 0x20000000, 0x20000000])
  expect([7, 8, 9].map((height) => versionMinAfter('sha256d', height))).toEqual([3, 4, 4])
})
