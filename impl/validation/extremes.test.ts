/** Heights and targets that no chain has reached, and every chain may. */
import { expect, test } from 'vitest'
import { heightPush, startsWithHeight } from './height-in-coinbase.ts'
import { workOf } from './index.ts'

test.each([
  [1_983_702, [3, 0xd6, 0x44, 0x1e]],
  [8_388_607, [3, 0xff, 0xff, 0x7f]],
  [8_388_608, [4, 0, 0, 0x80, 0]],
  [2 ** 31 - 1, [4, 0xff, 0xff, 0xff, 0x7f]],
])('the push of height %d', (height, push) => {
  expect([...heightPush(height)]).toEqual(push)
  expect(startsWithHeight(Uint8Array.of(...push, 9), height)).toBe(true)
  expect(startsWithHeight(Uint8Array.of(...push, 9), height - 1)).toBe(false)
})

// The whole part of 2^256 over the target and one. [Core chain.cpp GetBlockProof]
test.each([
  ['1, the smallest', 0x01010000, 1n << 255n],
  ['1 in another form', 0x03000001, 1n << 255n],
  ['2', 0x03000002, BigInt(`0x${'5'.repeat(64)}`)],
  ['2^252', 0x20100000, 15n],
  ['2^254', 0x20400000, 3n],
  ['2^255', 0x21008000, 1n],
  ['the largest that bits can express', 0x2100ffff, 1n],
])('the work of target %s', (_, bits, work) => expect(workOf(bits)).toBe(work))
