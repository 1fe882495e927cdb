import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chainLookup, createEngine, DAEMONS } from '../../adapters/index.ts'
import type { ChainFile } from '../../ports/index.ts'
import { storiesFor } from './stories.ts'
import { countingUnsaid } from './unsaid.ts'

it.each(DAEMONS)('generated stories are told on chains that $name can be', (client) => {
  const own = chainLookup(client.chain)!
  for (const { chain, prelude } of fc.sample(storiesFor(client), { seed: 1, numRuns: 50 })) {
    const variant = {
      ...own,
      limits: { ...own.limits, ...chain.limits },
      deployments: { ...own.deployments, ...chain.deployments },
    } as ChainFile
    expect(client.optionsFor(variant, own)).toMatchObject({ can: true })
    expect(prelude).toBeGreaterThanOrEqual(own.limits.coinbaseMaturityBlocks)
    for (const fork of Object.values(chain.deployments ?? {}))
      if (fork?.kind === 'height') expect(fork.height).toBeGreaterThanOrEqual(prelude)
  }
})

it('what is left unsaid is counted by its reason', () => {
  const spec = createEngine('spec')
  const session = spec.openChain('tiny')
  const silent = {
    ...spec,
    openChain: () => ({ ...session, deliverBlock: () => ({ outcome: 'unknown', reason: 'shy' }) as const }),
  }
  const unsaid = new Map<string, number>()
  const counted = countingUnsaid(silent, unsaid).openChain('tiny')
  counted.deliverBlock(new Uint8Array(1), 0)
  counted.deliverBlock(new Uint8Array(1), 0)
  counted.deliverHeader(new Uint8Array(1), 0)
  expect([...unsaid]).toEqual([['shy', 2]])
})
