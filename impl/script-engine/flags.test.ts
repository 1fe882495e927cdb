import { describe, expect, it } from 'vitest'
import { CONSENSUS_FLAGS, FLAG, flagsFromNames, STANDARD_FLAGS } from './flags.ts'

describe('script flags', () => {
  it('are single bits with names', () => {
    const all = Object.values(FLAG)
    expect(new Set(all).size).toBe(all.length)
    expect(all.every((flag) => (flag & (flag - 1)) === 0)).toBe(true)
    expect(flagsFromNames(Object.keys(FLAG))).toBe(STANDARD_FLAGS | FLAG.SIGPUSHONLY)
    expect(flagsFromNames(['NONE', ''])).toBe(0)
  })

  it('of blocks are among those of unconfirmed transactions', () => {
    expect(CONSENSUS_FLAGS & STANDARD_FLAGS).toBe(CONSENSUS_FLAGS)
  })

  it('with unknown names are an error', () => {
    expect(() => flagsFromNames(['P2SH', 'TYPO'])).toThrow('unknown script flag TYPO')
    expect(() => flagsFromNames(['toString'])).toThrow('unknown script flag toString')
  })
})
