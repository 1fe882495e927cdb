import { describe, expect, it } from 'vitest'
import { signals } from './version-bits.ts'

const SIGNAL = 0x20000002

describe('a signal', () => {
  it.each([
    [SIGNAL, true],
    [0x20000000, false],
    [0x00000002, false],
    [0x60000002, false],
    [0x40000002, false],
    [-0x5ffffffe, false],
    [0x3ffffffe, true],
  ])('version %i', (version, expected) => expect(signals(version, 1)).toBe(expected))
})
