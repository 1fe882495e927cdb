import { describe, expect, it } from 'vitest'
import { createEngine } from '../adapters/index.ts'
import type { BlockSource, CompiledBlock } from '../scenario/index.ts'
import { StoryDraft } from './story-draft.ts'
import { planStraddle } from './straddle.ts'

type Variant = ConstructorParameters<typeof StoryDraft>[0]

const timed = (_: CompiledBlock, block: BlockSource) => ({ ...block, version: 0x20000007 })

function straddle(deployments: Variant['deployments'], choice: number) {
  const variant: Variant = { base: 'tiny', limits: { coinbaseMaturityBlocks: 1 }, deployments }
  const draft = new StoryDraft(variant, undefined)
  const session = createEngine('spec').openChain(draft.reference)
  const deliver = (name: string) => session.deliverBlock(draft.items.named(name).bytes, draft.unixTime)
  let tip = draft.genesis
  for (let left = 2; left > 0; left--) {
    tip = draft.addBlock({ extends: tip.name })
    deliver(tip.name)
  }
  const plan = planStraddle(draft, tip, choice, timed)
  if (plan === undefined) return undefined
  return { before: plan.before.map(deliver), after: plan.after.map(deliver) }
}

describe('one transaction on both sides of an activation', () => {
  it.each<[string, Variant['deployments']]>([
    ['height', { bip66: { kind: 'height', height: 9 } }],
    ['time', { bip66: { kind: 'time', medianTime: 1_600_003_600 } }],
    [
      'signals',
      { bip66: { kind: 'bip9', bit: 0, startTime: 0, timeout: 1_700_000_000, threshold: 3, window: 4 } },
    ],
  ])('is good before and bad thereafter, by %s', (_, deployments) => {
    const { before, after } = straddle(deployments, 0)!
    expect(before.map(({ outcome }) => outcome)).toEqual(['connected', 'connected'])
    expect(after.at(-2)).toMatchObject({ outcome: 'rejected', rule: 'scripts' })
    expect(after.at(-1)!.outcome).toBe('connected')
  })

  it('is absent where no soft fork is near', () => {
    expect(straddle({}, 0)).toBeUndefined()
    expect(straddle({ bip66: { kind: 'height', height: 1000 } }, 0)).toBeUndefined()
  })
})
