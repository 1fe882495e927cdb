import { expect, test } from 'vitest'
import { builtInChain } from '../chains/index.ts'
import { crypto } from '../testing/test-chain.ts'
import { heightPush, startsWithHeight } from './height-in-coinbase.ts'
import { subsidyAt } from './subsidy.ts'

const { limits } = builtInChain('bitcoin', crypto)!

test.each([
  [0, 50_0000_0000],
  [209_999, 50_0000_0000],
  [210_000, 25_0000_0000],
  [210_001, 25_0000_0000],
  [32 * 210_000, 1],
  [33 * 210_000 - 1, 1],
  [33 * 210_000, 0],
  [64 * 210_000 - 1, 0],
  [64 * 210_000, 0],
  [65 * 210_000, 0],
])('the subsidy at height %d', (height, sats) => {
  expect(subsidyAt(height, limits)).toBe(sats)
})

test.each([
  [1, [0x51]],
  [16, [0x60]],
  [17, [1, 17]],
  [127, [1, 127]],
  [128, [2, 128, 0]],
  [255, [2, 255, 0]],
  [256, [2, 0, 1]],
  [32_767, [2, 255, 127]],
  [32_768, [3, 0, 128, 0]],
  [500_000, [3, 0x20, 0xa1, 0x07]],
])('the push of height %d', (height, push) => {
  expect([...heightPush(height)]).toEqual(push)
  expect(startsWithHeight(Uint8Array.of(...push, 9), height)).toBe(true)
  expect(startsWithHeight(Uint8Array.from(push).subarray(0, -1), height)).toBe(false)
  expect(startsWithHeight(Uint8Array.of(...push), height + 1)).toBe(false)
})
