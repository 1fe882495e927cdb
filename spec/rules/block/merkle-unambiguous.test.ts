import { expect, it } from 'vitest'
import { block, coinbase, LIMITS, transaction, verdict } from '../testing.ts'
import { merkleRoot } from './merkle-root.ts'
import { merkleUnambiguous } from './merkle-unambiguous.ts'

const [first, second, third] = [coinbase(), transaction({ version: 7 }), transaction({ version: 8 })]
const honest = block([first, second, third])
const repeated = { ...honest, transactions: [first, second, third, third] }

it('stops a repeated tail that leaves the root as it was', () => {
  const check = (subject: typeof honest) => {
    const inputs = { block: subject, signetChallenge: undefined }
    return [merkleRoot, merkleUnambiguous].map((rule) => verdict(rule.check(inputs, LIMITS)))
  }
  expect(check(honest)).toEqual(['kept', 'kept'])
  expect(check(repeated)).toEqual(['kept', 'broken'])
})
it('condemns the bytes, not the hash', () => expect(merkleUnambiguous.rejection).toBe('mutated'))
