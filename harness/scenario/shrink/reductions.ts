import type { BlockSpec, Scenario, Step, TransactionSpec } from '../format.ts'
import { blockSchema, transactionSchema } from '../format.ts'
import { prune } from './mentions.ts'
import { spliceBlock, withoutItem, withoutNode } from './remove.ts'

/** Ways to make a scenario smaller or plainer, the boldest first; each gives scenarios to try in order. */
export const REDUCTIONS: readonly ((scenario: Scenario) => Iterable<Scenario>)[] = [
  fewerSteps,
  fewerNodes,
  fewerItems,
  shorterBranches,
  fewerFaults,
  fewerSentItems,
  plainerBlocks,
  plainerTransactions,
  plainerTimes,
]

function* fewerSteps(scenario: Scenario): Iterable<Scenario> {
  const { steps } = scenario
  for (let size = steps.length >> 1; size >= 1; size >>= 1)
    for (let start = steps.length - size; start >= 0; start -= size) {
      const left = keepTimes(steps, start, size)
      if (left.length > 0) yield prune({ ...scenario, steps: left })
    }
}

/** The first step after a gap keeps the moment it had. */
function keepTimes(steps: readonly Step[], start: number, size: number): Step[] {
  const before = steps.slice(0, start)
  const after = steps.slice(start + size)
  const lost = steps.slice(start, start + size).findLast((step) => step.at !== undefined)
  const [next, ...rest] = after
  if (next === undefined || next.at !== undefined || lost?.at === undefined) return [...before, ...after]
  return [...before, { ...next, at: lost.at }, ...rest]
}

function* fewerNodes(scenario: Scenario): Iterable<Scenario> {
  const names = Object.keys(scenario.nodes)
  if (names.length > 1) for (const name of names.toReversed()) yield withoutNode(scenario, name)
}

function* fewerItems(scenario: Scenario): Iterable<Scenario> {
  for (const name of Object.keys(scenario.blocks).toReversed()) yield withoutItem(scenario, name)
  for (const name of Object.keys(scenario.transactions).toReversed()) yield withoutItem(scenario, name)
}

function* shorterBranches(scenario: Scenario): Iterable<Scenario> {
  for (const name of Object.keys(scenario.blocks)) yield spliceBlock(scenario, name)
}

function* fewerFaults(scenario: Scenario): Iterable<Scenario> {
  const { network } = scenario
  if (network.faults.length > 0) yield { ...scenario, network: { ...network, faults: [] } }
  if (network.links.length > 0) yield { ...scenario, network: { ...network, links: [] } }
  for (const index of network.faults.keys())
    yield { ...scenario, network: { ...network, faults: network.faults.toSpliced(index, 1) } }
}

function* fewerSentItems(scenario: Scenario): Iterable<Scenario> {
  for (const [index, step] of scenario.steps.entries()) {
    if (step.do !== 'send') continue
    if (step.items.length > 1)
      for (const position of step.items.keys())
        yield withStep(scenario, index, { ...step, items: step.items.toSpliced(position, 1) })
    if (step.to !== undefined && step.to.length > 1)
      for (const position of step.to.keys())
        yield withStep(scenario, index, { ...step, to: step.to.toSpliced(position, 1) })
  }
}

const PLAIN_BLOCK: BlockSpec = blockSchema.parse({})
const PLAIN_TRANSACTION: TransactionSpec = transactionSchema.parse({})

function* plainerBlocks(scenario: Scenario): Iterable<Scenario> {
  for (const [name, spec] of Object.entries(scenario.blocks)) {
    const tries: BlockSpec[] = spec.transactions.map((_, index) => ({
      ...spec,
      transactions: spec.transactions.toSpliced(index, 1),
    }))
    for (const key of ['time', 'bits', 'version', 'mine', 'edits', 'repeatLast', 'coinbase'] as const)
      if (JSON.stringify(spec[key]) !== JSON.stringify(PLAIN_BLOCK[key]))
        tries.push({ ...spec, [key]: PLAIN_BLOCK[key] })
    for (const plain of tries) yield prune({ ...scenario, blocks: { ...scenario.blocks, [name]: plain } })
  }
}

function* plainerTransactions(scenario: Scenario): Iterable<Scenario> {
  for (const [name, spec] of Object.entries(scenario.transactions)) {
    const tries: TransactionSpec[] = []
    for (const key of ['lockTime', 'version'] as const)
      if (spec[key] !== PLAIN_TRANSACTION[key]) tries.push({ ...spec, [key]: PLAIN_TRANSACTION[key] })
    for (const list of ['inputs', 'outputs'] as const)
      if (spec[list].length > 1)
        for (const index of spec[list].keys()) tries.push({ ...spec, [list]: spec[list].toSpliced(index, 1) })
    for (const [index, { spends, sequence, unlock }] of spec.inputs.entries()) {
      if (sequence !== undefined)
        tries.push({ ...spec, inputs: spec.inputs.with(index, { spends, ...(unlock && { unlock }) }) })
      if (unlock !== undefined)
        tries.push({
          ...spec,
          inputs: spec.inputs.with(index, { spends, ...(sequence !== undefined && { sequence }) }),
        })
    }
    for (const plain of tries)
      yield prune({ ...scenario, transactions: { ...scenario.transactions, [name]: plain } })
  }
}

function* plainerTimes(scenario: Scenario): Iterable<Scenario> {
  if (scenario.steps.some((step) => step.at !== undefined)) {
    yield { ...scenario, steps: scenario.steps.map(({ at: _, ...step }) => step as Step) }
    yield { ...scenario, steps: scenario.steps.map((step, index) => ({ ...step, at: index * 1000 })) }
  }
  for (const [index, { at, ...step }] of scenario.steps.entries()) {
    if (at !== undefined) yield withStep(scenario, index, step as Step)
    if (at !== undefined && at % 1000 !== 0)
      yield withStep(scenario, index, { ...step, at: Math.floor(at / 1000) * 1000 } as Step)
  }
  for (const [name, node] of Object.entries(scenario.nodes))
    if (node.clockOffsetSeconds !== 0)
      yield { ...scenario, nodes: { ...scenario.nodes, [name]: { ...node, clockOffsetSeconds: 0 } } }
}

function withStep(scenario: Scenario, index: number, step: Step): Scenario {
  return prune({ ...scenario, steps: scenario.steps.with(index, step) })
}
