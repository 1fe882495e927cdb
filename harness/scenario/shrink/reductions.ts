import { produce } from 'immer'
import type { BlockSpec, Scenario, Step, TransactionSpec } from '../format/index.ts'
import { blockSchema, transactionSchema } from '../format/index.ts'
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
  const { faults, links } = scenario.network
  if (faults.length > 0) yield edit(scenario, ({ network }) => void network.faults.splice(0))
  if (links.length > 0) yield edit(scenario, ({ network }) => void network.links.splice(0))
  for (const index of faults.keys())
    yield edit(scenario, ({ network }) => void network.faults.splice(index, 1))
}

function* fewerSentItems(scenario: Scenario): Iterable<Scenario> {
  for (const [index, step] of scenario.steps.entries()) {
    if (step.do !== 'send') continue
    for (const list of ['items', 'to'] as const)
      if ((step[list]?.length ?? 0) > 1)
        for (const position of step[list]!.keys())
          yield edit(scenario, ({ steps }) => void (steps[index] as typeof step)[list]!.splice(position, 1))
  }
}

const PLAIN_BLOCK: BlockSpec = blockSchema.parse({})
const PLAIN_TRANSACTION: TransactionSpec = transactionSchema.parse({})

function* plainerBlocks(scenario: Scenario): Iterable<Scenario> {
  for (const [name, spec] of Object.entries(scenario.blocks)) {
    const tryBlock = (recipe: (block: BlockSpec) => void) =>
      edit(scenario, ({ blocks }) => recipe(blocks[name]!))
    for (const index of spec.transactions.keys())
      yield tryBlock((block) => void block.transactions.splice(index, 1))
    for (const key of ['time', 'bits', 'version', 'mine', 'edits', 'repeatLast', 'coinbase'] as const)
      if (JSON.stringify(spec[key]) !== JSON.stringify(PLAIN_BLOCK[key]))
        yield tryBlock((block) => void Object.assign(block, { [key]: PLAIN_BLOCK[key] }))
  }
}

function* plainerTransactions(scenario: Scenario): Iterable<Scenario> {
  for (const [name, spec] of Object.entries(scenario.transactions)) {
    const tryTransaction = (recipe: (transaction: TransactionSpec) => void) =>
      edit(scenario, ({ transactions }) => recipe(transactions[name]!))
    for (const key of ['lockTime', 'version'] as const)
      if (spec[key] !== PLAIN_TRANSACTION[key])
        yield tryTransaction(
          (transaction) => void Object.assign(transaction, { [key]: PLAIN_TRANSACTION[key] }),
        )
    for (const list of ['inputs', 'outputs'] as const)
      if (spec[list].length > 1)
        for (const index of spec[list].keys())
          yield tryTransaction((transaction) => void transaction[list].splice(index, 1))
    for (const [index, input] of spec.inputs.entries())
      for (const key of ['sequence', 'unlock'] as const)
        if (input[key] !== undefined) yield tryTransaction(({ inputs }) => void delete inputs[index]![key])
  }
}

function* plainerTimes(scenario: Scenario): Iterable<Scenario> {
  const { steps, nodes } = scenario
  const setTime = (index: number, at: number | undefined) =>
    edit(scenario, (draft) => void Object.assign(draft.steps[index]!, { at }))
  if (steps.some((step) => step.at !== undefined)) {
    yield edit(scenario, (draft) => void draft.steps.map((step) => delete step.at))
    yield edit(
      scenario,
      (draft) => void draft.steps.map((step, index) => Object.assign(step, { at: index * 1000 })),
    )
  }
  for (const [index, { at }] of steps.entries()) {
    if (at !== undefined) yield setTime(index, undefined)
    if (at !== undefined && at % 1000 !== 0) yield setTime(index, Math.floor(at / 1000) * 1000)
  }
  for (const [name, node] of Object.entries(nodes))
    if (node.clockOffsetSeconds !== 0)
      yield edit(scenario, (draft) => void Object.assign(draft.nodes[name]!, { clockOffsetSeconds: 0 }))
}

/** A changed copy, without what nothing mentions any more. */
function edit(scenario: Scenario, recipe: (draft: Scenario) => void): Scenario {
  return prune(produce(scenario, recipe))
}
