import { describe, expect, it } from 'vitest'
import {
  block,
  bytes,
  coinbase,
  commitmentOutput,
  input,
  LIMITS,
  output,
  transaction,
  verdict,
} from '../testing.ts'
import { noUncommittedWitness, noWitness } from './no-witness.ts'

const bare = [coinbase()]
const witnessed = [coinbase(), transaction({ inputs: [input(), input({ index: 1, witness: [bytes(1)] })] })]
const withCommitment = [coinbase({}, [commitmentOutput(bytes(32))]), ...witnessed.slice(1)]
const check = (rule: typeof noWitness) =>
  [bare, witnessed, withCommitment, [coinbase({ witness: [bytes(32)] }, [output()])]].map((transactions) =>
    verdict(rule.check({ block: block(transactions) }, LIMITS)),
  )

describe('witnesses in blocks', () => {
  it('are not there before segwit', () =>
    expect(check(noWitness)).toEqual(['kept', 'broken', 'broken', 'broken']))
  it('are committed to since', () => {
    expect(check(noUncommittedWitness)).toEqual(['kept', 'broken', 'kept', 'broken'])
  })
  it('condemn the bytes, not the hash', () => {
    expect([noWitness.rejection, noUncommittedWitness.rejection]).toEqual(['mutated', 'mutated'])
  })
})
