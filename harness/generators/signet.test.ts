import { expect, it } from 'vitest'
import { createEngine } from '../adapters/index.ts'
import { CHALLENGES, SOLUTIONS } from './signet.ts'
import { StoryDraft } from './story-draft.ts'

const numbered = CHALLENGES.map((challenge, index) => [JSON.stringify(challenge), index] as const)
/** A challenge that every solution satisfies, an empty one too. */
const OPEN_TO_ALL = new Set<unknown>(['"anyone"', JSON.stringify({ key: 'alice', type: 'p2tr' })])

it.each(numbered)('a challenge %s is solved, and nothing else solves it', (challenge, index) => {
  const variant = { base: 'tiny', limits: {}, deployments: {} } as ConstructorParameters<typeof StoryDraft>[0]
  const draft = new StoryDraft(variant, index)
  const session = createEngine('spec').openChain(draft.reference)
  const good = SOLUTIONS.filter((solution) => {
    const block = draft.addBlock({ extends: 'genesis' }, solution)
    const { outcome } = session.deliverBlock(block.bytes, draft.unixTime)
    return outcome === 'connected' || outcome === 'stored'
  })
  const expected = OPEN_TO_ALL.has(challenge)
    ? SOLUTIONS.filter((solution) => !['longer', 'shorter'].includes(solution))
    : ['right', 'early']
  expect(good).toEqual(expected)
})
