import { describe, expect, it } from 'vitest'
import { PROPOSALS, sats, type Upgrade } from '../../spec/index.ts'
import { searchHardFork } from './soft-fork.ts'

const BOUNDS = { seed: 1, spends: 200, deliveries: 150 }
const base: Upgrade = { id: 'canary', text: '', sources: [], deployment: { kind: 'never' } }
const witnessOf = (draft: Upgrade) => searchHardFork(draft, BOUNDS).witnesses[0]

describe('searching for a hard fork', () => {
  it.each<[string, Partial<Upgrade>]>([
    ['a raised weight limit', { limits: { maxBlockWeight: 40_000_000 } }],
    ['a raised limit of signature operations', { limits: { maxBlockSigopsCost: 800_000 } }],
    ['larger money', { limits: { initialSubsidySats: sats(10n ** 10n) } }],
    ['a younger coinbase', { limits: { coinbaseMaturityBlocks: 1 } }],
    ['a later halving', { limits: { halvingIntervalBlocks: 100_000 } }],
    ['another proof of work', { proofOfWork: 'scrypt' }],
    ['another header', { headerBytes: 164 }],
    ['a rule put out of force', { supersedes: ['value-conserved'] }],
    ['subsidies that never end', { supersedes: ['subsidy-ends'] }],
    [
      'a NOP that pushes',
      {
        features: ['PUSHING_NOP'],
        extension: {
          opcodes: [
            {
              slot: 'NOP5',
              name: 'OP_PUSHING',
              feature: 'PUSHING_NOP',
              execute: ({ stack }) => stack.push(Uint8Array.of(1)),
            },
          ],
        },
      },
    ],
  ])('finds %s', (_, part) => {
    expect(witnessOf({ ...base, ...part })).toBeDefined()
  })
  it.each(PROPOSALS.map((upgrade) => [upgrade.id, upgrade] as const))('finds nothing in %s', (_, upgrade) =>
    expect(witnessOf(upgrade)).toBeUndefined(),
  )
})
