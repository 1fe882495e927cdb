import type { Capability } from '../ports/index.ts'
import type { Expectation, Scenario, Step } from './format/index.ts'

/** What a target must be able to do to play this scenario: what the file says, and what its steps ask for. */
export function requirementsOf(scenario: Scenario): ReadonlySet<Capability> {
  const needs = new Set<Capability>(scenario.requires)
  if (typeof scenario.chain === 'object') needs.add('customChains')
  const nodes = Object.values(scenario.nodes)
  if (nodes.length > 1) needs.add('manyNodes')
  if (nodes.some((node) => node.clockOffsetSeconds !== 0)) needs.add('setTime')
  if (scenario.network.faults.length > 0) needs.add('manyNodes')
  for (const step of scenario.steps) for (const need of needsOfStep(step, scenario)) needs.add(need)
  return needs
}

function needsOfStep(step: Step, scenario: Scenario): Capability[] {
  switch (step.do) {
    case 'send':
      return step.items.flatMap((item) => needsOfItem(item, step.as, scenario))
    case 'clock':
      return ['setTime']
    case 'crash':
      return step.atWrite === undefined ? ['restart'] : ['restart', 'diskFaults']
    case 'stop':
    case 'wipe':
    case 'restart':
      return ['restart']
    case 'disk':
      return ['diskFaults']
    case 'invalidate':
    case 'reconsider':
      return ['invalidate']
    case 'message':
    case 'link':
    case 'partition':
    case 'heal':
    case 'pause':
    case 'resume':
      return ['manyNodes']
    case 'expect':
      return needsOfExpectation(step)
  }
}

function needsOfItem(item: string, as: 'whole' | 'header' | 'announce', scenario: Scenario): Capability[] {
  if (Object.hasOwn(scenario.transactions, item)) return ['mempool']
  if (as === 'header') return []
  return as === 'announce' ? ['manyNodes'] : ['blocks']
}

function needsOfExpectation(step: Expectation): Capability[] {
  const needs: Capability[] = []
  if (step.digestOf !== undefined) needs.push('coinDigest')
  if (step.balance !== undefined) needs.push('balance')
  if (step.mempool !== undefined) needs.push('mempool')
  if (step.verdict?.class === 'premature') needs.push('setTime')
  return needs
}
