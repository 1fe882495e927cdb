import { describe, expect, it } from 'vitest'
import {
  concatBytes,
  countedList,
  hexToBytes,
  merkleRoot,
  transactionBytes,
  transactionId,
  uint32,
} from '../wire/index.ts'
import { chainLookup } from './chains.ts'
import { facetOf } from './facet.ts'
import { createEngine } from './index.ts'

const tiny = chainLookup('tiny')!
const { retargetIntervalBlocks: PERIOD, targetSpacingSeconds: SPACING, maxFutureSeconds } = tiny.limits
const START = 1_600_000_000
const BITS = 0x1f7fffff
const CLOCK = START + 5 * PERIOD * SPACING

const header = (time: number, bits = BITS, version = 4, root: Uint8Array = new Uint8Array(32)) =>
  concatBytes(uint32(version), new Uint8Array(32), root, uint32(time), uint32(bits), uint32(0))

/** A block with nothing but a coinbase that has this lock time. */
function blockOf(time: number, bits: number, version: number, lockTime: number): Uint8Array {
  const coinbase = {
    version: 2,
    inputs: [
      {
        txid: new Uint8Array(32),
        index: 0xffffffff,
        scriptSig: hexToBytes('5400'),
        sequence: 0,
        witness: [],
      },
    ],
    outputs: [{ value: 0n, script: hexToBytes('51') }],
    lockTime,
  }
  const root = merkleRoot([transactionId(coinbase)])
  return concatBytes(header(time, bits, version, root), countedList([transactionBytes(coinbase)]))
}

describe.each(['spec', 'node'] as const)('%s judges a block on its parent', (name) => {
  /** The fourth block, which begins a period, or with `parentHeight` another; the period took `seconds`. */
  const judge = ({
    seconds = PERIOD * SPACING,
    time = START + PERIOD * SPACING + 1,
    bits = BITS,
    version = 4,
    lockTime = 0,
    parentHeight = PERIOD - 1,
  }) =>
    facetOf(createEngine(name), 'contextFree').checkOnParent({
      chain: 'tiny',
      block: blockOf(time, bits, version, lockTime),
      ancestors: [0, 1, 2, seconds].map((after) => header(START + after)),
      parentHeight,
      now: CLOCK,
    })

  it.each([
    [PERIOD * SPACING, BITS, 'ok'],
    [PERIOD * SPACING - 100, BITS, 'bad-diffbits'],
    [PERIOD * SPACING, BITS - 1, 'bad-diffbits'],
    [(PERIOD * SPACING) / 2, 0x1f3fffff, 'ok'],
  ])('by the difficulty of a new period: %i seconds, bits %i: %s', (seconds, bits, verdict) => {
    expect(judge({ seconds, bits })).toBe(verdict)
  })

  it.each([
    [START + 2, 'time-too-old'],
    [START + 3, 'ok'],
    [CLOCK + maxFutureSeconds, 'ok'],
    [CLOCK + maxFutureSeconds + 1, 'time-too-new'],
  ])('by its time %i: %s', (time, verdict) => {
    expect(judge({ time })).toBe(verdict)
  })

  it.each([
    [{ version: 3 }, 'bad-version(0x00000003)'],
    [{ lockTime: PERIOD }, 'bad-txns-nonfinal'],
    [{ lockTime: PERIOD - 1 }, 'ok'],
    [{ lockTime: START + 2 }, 'bad-txns-nonfinal'],
    [{ lockTime: START + 1 }, 'ok'],
    [{ parentHeight: PERIOD }, 'bad-cb-height'],
  ])('by version, lock times and height: %o: %s', (change, verdict) => {
    expect(judge(change)).toBe(verdict)
  })
})
