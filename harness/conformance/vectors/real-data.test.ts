import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runVectors } from './index.ts'

const data = (name: string) =>
  join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'test/data')
const carried = [
  join(data('bitcore-lib'), 'blk86756-testnet.dat'),
  join(data('bitcore-lib'), 'bitcoind/blocks.json'),
  join(data('bitcore-lib'), 'bitcoind/sig_canonical.json'),
  join(data('bitcore-lib'), 'bitcoind/sig_noncanonical.json'),
  join(data('bitcore-lib-ltc'), 'blk1856255-testnet.dat'),
  join(data('bitcore-lib-ltc'), 'bitcoind/tx_valid.json'),
  join(data('bitcore-lib-ltc'), 'bitcoind/tx_invalid.json'),
]
const larger = process.env.TOUCHSTONE_VECTORS ?? ''
const chains = join(larger, 'chains')

describe.each(['spec', 'node'] as const)('%s', (engine) => {
  it('agrees with the real blocks and vectors that the packages carry', async () => {
    const results = await runVectors(carried, { engine, jobs: 1 })
    expect(results.flatMap(({ failures }) => failures)).toEqual([])
    expect(results.reduce((sum, { passed }) => sum + passed, 0)).toBeGreaterThanOrEqual(239)
  })

  it.skipIf(!existsSync(chains))(
    'plays real chains from genesis, a reorganisation and a retarget among them',
    async () => {
      const results = await runVectors([chains], { engine, jobs: 1 })
      expect(results.flatMap(({ failures }) => failures)).toEqual([])
      expect(results.reduce((sum, { passed }) => sum + passed, 0)).toBeGreaterThanOrEqual(15_000)
    },
  )
})
