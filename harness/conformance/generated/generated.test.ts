import { expect, it } from 'vitest'
import { chainLookup, createEngine } from '../../adapters/index.ts'
import type { Engine } from '../../ports/engine.ts'
import { compileScenario, readScenario } from '../../scenario/index.ts'
import { judgeScenario } from '../judge.ts'
import { huntDisagreements } from './index.ts'
import { Tally } from './tally.ts'

const spec = createEngine('spec')
const judgement = { reference: spec, strictness: 'exact' } as const

it('finds the node and the specification of one mind', () => {
  const node = createEngine('node')
  const result = huntDisagreements({ ...judgement, target: () => node, deliveries: 400, seed: 5 })
  expect(result.disagreements).toEqual([])
  expect(result.blocks + result.looseTransactions).toBeGreaterThanOrEqual(400)
})

it('finds one wrong verdict and keeps a small scenario in which it is wrong again', () => {
  const wrong = withoutRule('bad-txns-inputs-duplicate')
  const [found, ...others] = huntDisagreements({
    ...judgement,
    target: () => wrong,
    deliveries: 1000,
    seed: 1,
  }).disagreements
  expect(others).toEqual([])
  expect(found!.message).toContain('bad-txns-inputs-duplicate')
  expect(found!.scenario.steps.length).toBeLessThan(20)
  const compiled = compileScenario(readScenario(JSON.stringify(found!.scenario)), chainLookup)
  const entry = { id: 'found', path: 'found.json', compiled }
  expect(judgeScenario(entry, wrong, judgement).status).toBe('fail')
  expect(judgeScenario(entry, spec, judgement).status).toBe('pass')
})

it('is the same search from the same seed', () => {
  const search = () => huntDisagreements({ ...judgement, target: () => spec, deliveries: 100, seed: 3 })
  expect(search()).toEqual(search())
})

it('tells what never occurred', () => {
  expect(new Tally().missing(true)).toContain('reorganisation across an activation')
})

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
