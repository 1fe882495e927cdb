import { describe, expect, it } from 'vitest'
import { block, bytes, coinbase, input, LIMITS, output, transaction, verdict } from '../testing.ts'
import { legacySigops } from './legacy-sigops.ts'

const OP_CHECKSIG = 0xac
const OP_CHECKMULTISIG = 0xae

describe('legacy sigops', () => {
  const check = (script: Uint8Array, more = bytes(0), limits = LIMITS) => {
    const spender = transaction({ inputs: [input({ scriptSig: bytes(1, OP_CHECKSIG) })] })
    const payer = transaction({ outputs: [output(0, script), output(0, more)] })
    const subject = block([coinbase(), spender, payer])
    return verdict(legacySigops.check({ block: subject, signetChallenge: undefined }, limits))
  }
  it.each([
    [19_998, 'kept'],
    [19_999, 'kept'],
    [20_000, 'broken'],
  ])('%i in outputs and one in an input', (count, expected) =>
    expect(check(bytes(count, OP_CHECKSIG))).toBe(expected),
  )
  it('holds to limits between multiples of four', () => {
    const limits = { ...LIMITS, maxBlockSigopsCost: 79_999 }
    expect(check(bytes(19_998, OP_CHECKSIG), bytes(0), limits)).toBe('kept')
    expect(check(bytes(19_999, OP_CHECKSIG), bytes(0), limits)).toBe('broken')
  })
  it('counts a multisignature as twenty', () => {
    const many = bytes(999, OP_CHECKMULTISIG)
    expect(check(many, bytes(19, OP_CHECKSIG))).toBe('kept')
    expect(check(many, bytes(20, OP_CHECKSIG))).toBe('broken')
  })
})
