import { expect, test } from 'vitest'
import { rejectLine, rejectString } from './reject-string.ts'

test.each([
  [
    'block-script-verify-flag-failed (EVAL_FALSE)',
    'block-script-verify-flag-failed (Script evaluated without error but finished with a false/empty top stack element)',
  ],
  [
    'mempool-script-verify-flag-failed (SIG_DER)',
    'mempool-script-verify-flag-failed (Non-canonical DER signature)',
  ],
  ['mempool-script-verify-flag-failed (toString)', 'mempool-script-verify-flag-failed (toString)'],
  ['bad-txns-nonfinal', 'bad-txns-nonfinal'],
  ['bad-version(0x00000001)', 'bad-version(0x00000001)'],
])('%s becomes %s', (reason, expected) => {
  expect(rejectString({ reason })).toBe(expected)
})

test('what else is known follows the reason', () => {
  expect(rejectLine({ reason: 'high-hash', detail: 'proof of work failed' })).toBe(
    'high-hash, proof of work failed',
  )
  expect(rejectLine({ reason: 'high-hash' })).toBe('high-hash')
})
