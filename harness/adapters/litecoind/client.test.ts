import { expect, it } from 'vitest'
import { chainLookup } from '../chains.ts'
import { blockRejection } from '../core-family/reasons.ts'
import { LITECOIND } from './client.ts'

const own = chainLookup('litecoin-regtest')!

it('litecoind is its own chain, soft forks and all, and no other', () => {
  expect(LITECOIND.optionsFor(own, own)).toMatchObject({ can: true })
  const csv = { ...own, deployments: { ...own.deployments, csv: { kind: 'height', height: 431 } as const } }
  expect(LITECOIND.optionsFor(csv, own)).toEqual({ can: false, why: 'its soft forks begin where they begin' })
  expect(LITECOIND.optionsFor(chainLookup('regtest')!, own)).toMatchObject({ can: false })
})

it('litecoind has older words, and refuses some blocks unread', () => {
  expect(
    blockRejection('mandatory-script-verify-flag-failed (OP_RETURN was encountered)', LITECOIND.reasons),
  ).toMatchObject({ class: 'invalid', reason: 'block-script-verify-flag-failed (OP_RETURN)' })
  expect(blockRejection('Block does not start with a coinbase', LITECOIND.reasons)).toMatchObject({
    outcome: 'unknown',
  })
})
