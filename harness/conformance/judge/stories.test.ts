import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chainLookup, createEngine, TARGET_KINDS } from '../../adapters/index.ts'
import type { ChainFile } from '../../ports/index.ts'
import { countingAbstentions } from './abstentions.ts'
import { storiesFor } from './stories.ts'

const LIMITED = TARGET_KINDS.flatMap(({ name, stories }) =>
  // No generated stories are played to a node that forgets nothing.
  stories === undefined || stories.isShared === true ? [] : [{ name, stories }],
)

it.each(LIMITED)('generated stories are played on chains that $name can be opened on', ({ stories }) => {
  const own = typeof stories.chain === 'string' ? chainLookup(stories.chain)! : stories.chain
  for (const { chain, prelude } of fc.sample(storiesFor(stories), { seed: 1, numRuns: 50 })) {
    const { limits, deployments } = chain
    const variant = {
      ...own,
      limits: { ...own.limits, ...limits },
      deployments: { ...own.deployments, ...deployments },
    } as ChainFile
    expect(stories.refusalOf(variant)).toBeUndefined()
    expect(prelude).toBeGreaterThanOrEqual(own.limits.coinbaseMaturityBlocks)
    for (const fork of Object.values(deployments ?? {}))
      if (fork?.kind === 'height') expect(fork.height).toBeGreaterThanOrEqual(prelude)
  }
})

it('what is left abstentions is counted by its reason', () => {
  const spec = createEngine('spec')
  const session = spec.openChain('tiny')
  const silent = {
    ...spec,
    openChain: () => ({ ...session, deliverBlock: () => ({ outcome: 'unknown', reason: 'shy' }) as const }),
  }
  const abstentions = new Map<string, number>()
  const counted = countingAbstentions(silent, abstentions).openChain('tiny')
  counted.deliverBlock(new Uint8Array(1), 0)
  counted.deliverBlock(new Uint8Array(1), 0)
  counted.deliverHeader(new Uint8Array(1), 0)
  expect([...abstentions]).toEqual([['shy', 2]])
})
