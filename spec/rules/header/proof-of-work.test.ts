import { describe, expect, it } from 'vitest'
import { hash } from '../../vocabulary/index.ts'
import { header, LIMITS, verdict } from '../testing.ts'
import { proofOfWork } from './proof-of-work.ts'

const check = (value: number) => {
  const workHash = hash(value.toString(16).padStart(64, '0'))
  return verdict(proofOfWork.check({ header: header({ bits: 0x03001000 }), workHash }, LIMITS))
}

describe('proof of work', () => {
  it.each([
    [0xfff, 'kept'],
    [0x1000, 'kept'],
    [0x1001, 'broken'],
  ])('a hash of %i against a target of 4096', (value, expected) => expect(check(value)).toBe(expected))
})
