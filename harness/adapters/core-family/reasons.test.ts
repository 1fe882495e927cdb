import { describe, expect, it } from 'vitest'
import { BITCOIND_REASONS } from '../bitcoind/reasons.ts'
import { blockRejection, transactionRejection } from './reasons.ts'

const block = (said: string) => blockRejection(said, BITCOIND_REASONS)
const refusal = (said: string) => transactionRejection(said, BITCOIND_REASONS)

describe('what bitcoind says of a block', () => {
  it.each([
    ['bad-cb-amount', 'invalid'],
    ['bad-txnmrklroot', 'mutated'],
    ['time-too-new', 'premature'],
    ['prev-blk-not-found', 'missing'],
  ])('%s is a rejection of class %s', (said, rejectionClass) => {
    expect(block(said)).toMatchObject({ outcome: 'rejected', class: rejectionClass, reason: said })
  })
  it('may carry a parameter, which is part of the reason', () => {
    expect(block('bad-version(0x00000001)')).toMatchObject({ reason: 'bad-version(0x00000001)' })
  })
  it('may carry a script error, which has a name', () => {
    expect(block('block-script-verify-flag-failed (Locktime requirement not satisfied)')).toMatchObject({
      class: 'invalid',
      reason: 'block-script-verify-flag-failed (UNSATISFIED_LOCKTIME)',
    })
    expect(
      block('block-script-verify-flag-failed (OP_CHECKMULTISIG(VERIFY) is not available in tapscript)'),
    ).toMatchObject({
      reason: 'block-script-verify-flag-failed (TAPSCRIPT_CHECKMULTISIG)',
    })
  })
  it('agrees with nothing when nobody knows the word', () => {
    expect(block('bad-new-thing')).toMatchObject({ reason: 'bad-new-thing (not in the reason map)' })
  })
})

describe('what bitcoind says of a unconfirmed transaction', () => {
  it('holds until a lock has passed or an input has come', () => {
    expect(refusal('non-final')).toMatchObject({ outcome: 'rejected', class: 'premature' })
    expect(refusal('missing-inputs')).toMatchObject({
      outcome: 'rejected',
      class: 'missing',
      reason: 'bad-txns-inputs-missingorspent',
    })
  })
  it('is no verdict where it is policy', () => {
    expect(refusal('min relay fee not met')).toMatchObject({ outcome: 'unknown' })
    expect(
      refusal('mempool-script-verify-flag-failed (Stack size must be exactly one after execution)'),
    ).toMatchObject({ outcome: 'unknown' })
    expect(refusal('mempool-script-verify-flag-failed (OP_RETURN was encountered)')).toMatchObject({
      outcome: 'rejected',
      reason: 'mempool-script-verify-flag-failed (OP_RETURN)',
    })
  })
})
