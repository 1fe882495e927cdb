import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Abstention, chainLookup, createEngine } from '../../../adapters/index.ts'
import type { Engine } from '../../../ports/index.ts'
import { compileScenario, readScenario } from '../../../scenario/index.ts'
import { RuleAccount } from '../../coverage/generated/account.ts'
import { judgeScenario } from '../../judge/judge.ts'
import { huntDisagreements, storiesWithin } from './index.ts'
import { Tally } from './tally.ts'

const spec = createEngine('spec')
const node = createEngine('node')
const judgement = { reference: spec, strictness: 'exact' } as const

it('finds the node and the specification of one mind about blocks', () => {
  // Pools differ by policy.
  const miner = { ...node, capabilities: without(node.capabilities, 'mempool') }
  const result = huntDisagreements({ strictness: 'exact', target: () => miner, deliveries: 250, seed: 5 })
  expect(result.disagreements).toEqual([])
  expect(result.blocks).toBeGreaterThanOrEqual(250)
  expect(result.unconfirmedTransactions).toBe(0)
})

describe('a node that gives another reason', () => {
  const wrong = withoutRule('bad-txns-inputs-duplicate')
  const hunt = (attempts: number, ms = 20_000) =>
    huntDisagreements({
      strictness: 'exact',
      target: () => wrong,
      deliveries: 600,
      seed: 1,
      budget: { attempts, ms },
    })

  it('is found out in a small scenario in which it is wrong again, and the hunt goes on', () => {
    const { disagreements, blocks, unconfirmedTransactions } = hunt(1000)
    const [found, ...others] = disagreements
    expect(others).toEqual([])
    expect(blocks + unconfirmedTransactions).toBeGreaterThanOrEqual(600)
    expect(found!.times).toBeGreaterThan(1)
    expect(found!.message).toContain('bad-txns-inputs-duplicate')
    expect(found!.isSmallest).toBe(true)
    expect(found!.scenario.steps.length).toBeLessThan(20)
    expect(statusOn(wrong, found!.scenario)).toBe('fail')
    expect(statusOn(spec, found!.scenario)).toBe('pass')
  })

  it.each([
    ['attempts', 3, 20_000],
    ['time', 1000, 0],
  ])('is found out without end of %s', (_, attempts, ms) => {
    const [found] = hunt(attempts, ms).disagreements
    expect(found!.isSmallest).toBe(false)
    expect(statusOn(wrong, found!.scenario)).toBe('fail')
  })
})

it('is the same search from the same seed', () => {
  const search = () =>
    huntDisagreements({ strictness: 'exact', target: () => spec, deliveries: 100, seed: 3 })
  expect(search()).toEqual(search())
})

describe('a target that abstains', () => {
  const abstaining = (isWanted: () => boolean): Engine => ({
    ...spec,
    openChain: (chain) => {
      if (!isWanted()) throw new Abstention('not on such a chain')
      return spec.openChain(chain)
    },
  })
  const hunt = (target: Engine) =>
    huntDisagreements({
      strictness: 'exact',
      target: () => target,
      deliveries: 30,
      seed: 3,
    })

  it('is asked for other stories, and each that it skips is counted', () => {
    let asked = 0
    const { skipped, blocks, disagreements } = hunt(abstaining(() => asked++ % 3 === 2))
    expect(skipped['not on such a chain']).toBeGreaterThan(0)
    expect(blocks).toBeGreaterThan(0)
    expect(disagreements).toEqual([])
  })

  it('from everything is given up', () => {
    expect(hunt(abstaining(() => false))).toMatchObject({
      blocks: 0,
      skipped: { 'not on such a chain': 400 },
    })
  })

  it('is given stories on the chains that it offers', () => {
    const stories = fc.sample(
      storiesWithin({
        proofOfWork: ['sha256d'],
        limits: ['coinbaseMaturityBlocks'],
        deployments: { bip16: ['always'], csv: ['always', 'height'], taproot: ['never'] },
      }),
      { seed: 1, numRuns: 100 },
    )
    for (const { chain } of stories) {
      expect(chain.base).toBe('tiny')
      expect(Object.keys(chain.limits ?? {})).toEqual(['coinbaseMaturityBlocks'])
      expect(chain.deployments).toMatchObject({ bip16: { kind: 'always' }, taproot: { kind: 'never' } })
      expect(['always', 'height']).toContain(chain.deployments?.csv?.kind)
    }
    const kinds = new Set(stories.map(({ chain }) => chain.deployments?.segwit?.kind))
    expect(kinds).toContain('bip9')
  })
})

it('reports what never occurred', () => {
  const nothing = new Tally(new RuleAccount()).missing(true)
  expect(nothing).toContain('reorganisation across an activation')
  expect(nothing).toContain('sigop-cost broken alone')
  expect(nothing).toContain('sigop-cost at its limit')
})

function without<Item>(all: ReadonlySet<Item>, one: Item): ReadonlySet<Item> {
  return new Set([...all].filter((item) => item !== one))
}

function statusOn(engine: Engine, scenario: object): string {
  const compiled = compileScenario(readScenario(JSON.stringify(scenario)), chainLookup)
  return judgeScenario({ id: 'found', path: 'found.json', compiled }, engine, judgement).status
}

/** The specification, who says another reason where this one is due. */
function withoutRule(reason: string): Engine {
  return {
    ...spec,
    openChain: (chain) => {
      const session = spec.openChain(chain)
      const deliverBlock: typeof session.deliverBlock = (bytes, now) => {
        const verdict = session.deliverBlock(bytes, now)
        return verdict.outcome === 'rejected' && verdict.reason === reason
          ? { ...verdict, reason: 'none' }
          : verdict
      }
      return { ...session, deliverBlock }
    },
  }
}
