import { describe, expect, it } from 'vitest'
import { encodePush } from '../../script/instruction.ts'
import type { Block } from '../../vocabulary/index.ts'
import { block, bytes, coinbase, LIMITS, output, verdict } from '../fixtures.ts'
import { commitmentOutput } from './commitment-fixture.ts'
import { signetSolution } from './signet-solution.ts'

const check = (subject: Block, signetChallenge?: Uint8Array) =>
  verdict(signetSolution.check({ block: subject, signetChallenge }, LIMITS))

/** A block whose commitment carries a solution of these bytes. */
function solved(...solution: number[]): Block {
  const { script } = commitmentOutput(bytes(32))
  const push = encodePush(Uint8Array.of(0xec, 0xc7, 0xda, 0xa2, ...solution))
  return block([coinbase({}, [output(0, Uint8Array.of(...script, ...push))])])
}

const ANYONE = Uint8Array.of(0x51)
/** Asks for the number two on the stack. */
const TWO = Uint8Array.of(0x52, 0x87)

describe('signet solution', () => {
  it('is not asked for without a challenge', () => expect(check(block())).toBe('kept'))
  it('is looked for in a witness commitment', () => {
    expect(check(block(), ANYONE)).toBe('broken')
    expect(check(block([coinbase({}, [commitmentOutput(bytes(32))])]), ANYONE)).toBe('kept')
  })
  it('must solve the challenge', () => {
    expect(check(solved(1, 0x52, 0), TWO)).toBe('kept')
    expect(check(solved(1, 0x53, 0), TWO)).toBe('broken')
  })
  it('must be read to its end', () => {
    expect(check(solved(1, 0x52, 0, 0), TWO)).toBe('broken')
    expect(check(solved(1, 0x52), TWO)).toBe('broken')
  })
})
