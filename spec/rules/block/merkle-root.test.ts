import { expect, it } from 'vitest'
import { NULL_HASH } from '../../vocabulary/index.ts'
import { block, coinbase, LIMITS, transaction, verdict } from '../testing.ts'
import { merkleRoot } from './merkle-root.ts'

const check = (changes = {}) => {
  const subject = block([coinbase(), transaction()], changes)
  return verdict(merkleRoot.check({ block: subject, signetChallenge: undefined }, LIMITS))
}

it('compares the root with the transactions', () => {
  expect([check(), check({ merkleRoot: NULL_HASH })]).toEqual(['kept', 'broken'])
})
it('condemns the bytes, not the hash', () => expect(merkleRoot.rejection).toBe('mutated'))
