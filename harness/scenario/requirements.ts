import type { Capability } from '../ports/index.ts'
import type { Scenario } from './format/index.ts'
import { needsOf } from './steps/index.ts'

/** What a target must be able to do to play this scenario: what the file says, and what its steps ask for. */
export function requirementsOf(scenario: Scenario): ReadonlySet<Capability> {
  const needs = new Set<Capability>(scenario.requires)
  if (typeof scenario.chain === 'object') needs.add('customChains')
  const nodes = Object.values(scenario.nodes)
  if (nodes.length > 1) needs.add('manyNodes')
  if (nodes.some((node) => node.clockOffsetSeconds !== 0)) needs.add('setTime')
  if (scenario.network.faults.length > 0) needs.add('manyNodes')
  const isTransaction = (name: string) => Object.hasOwn(scenario.transactions, name)
  for (const step of scenario.steps) for (const need of needsOf(step, isTransaction)) needs.add(need)
  return needs
}
