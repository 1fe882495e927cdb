import { concatBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { bytesOfHash, sha256d, witnessRoot } from '../../encoding/index.ts'
import { block, bytes, coinbase, commitmentOutput, input, LIMITS, transaction, verdict } from '../testing.ts'
import { witnessCommitment } from './witness-commitment.ts'

const reserved = bytes(32, 9)
const spender = transaction({ inputs: [input({ witness: [bytes(3)] })] })
const altered = transaction({ inputs: [input({ witness: [bytes(4)] })] })
const root = bytesOfHash(witnessRoot([coinbase(), spender]))
const committed = commitmentOutput(sha256d(concatBytes(root, reserved)))

const check = (payment: typeof spender, item = reserved) =>
  verdict(
    witnessCommitment.check({ block: block([coinbase({ witness: [item] }, [committed]), payment]) }, LIMITS),
  )

describe('witness commitment', () => {
  it('binds the witnesses', () => expect([check(spender), check(altered)]).toEqual(['kept', 'broken']))
  it('binds the reserved value', () => expect(check(spender, bytes(32, 8))).toBe('broken'))
  it('is not asked of a block without one', () => {
    expect(verdict(witnessCommitment.check({ block: block() }, LIMITS))).toBe('kept')
  })
  it('leaves a missing reserved value to the rule about it', () => {
    const subject = block([coinbase({ witness: [] }, [committed]), spender])
    expect(verdict(witnessCommitment.check({ block: subject }, LIMITS))).toBe('kept')
  })
  it('condemns the bytes, not the hash', () => expect(witnessCommitment.rejection).toBe('mutated'))
})
