import { type ChainLookup, resolveChain } from './chain.ts'
import type { CompiledItem, CompiledNode, CompiledScenario, CompiledStep } from './compiled.ts'
import { ScenarioError } from './error.ts'
import { createForge, type Forge, GENESIS } from './forge/index.ts'
import type { Scenario, Step } from './format/index.ts'
import { forgingOrder } from './order.ts'
import { referencesOf } from './references.ts'
import { requirementsOf } from './requirements.ts'
import { startTimeOf } from './start-time.ts'

/**
 * Turns names into bytes; the same scenario gives the same bytes every time.
 * @throws ScenarioError naming the place of a dangling name, a part that rests upon itself, an edit out of bounds
 */
export function compileScenario(scenario: Scenario, lookup: ChainLookup): CompiledScenario {
  const { reference, file } = resolveChain(scenario.chain, lookup)
  checkNamespace(scenario)
  checkReferences(scenario)
  const startTimeSeconds = startTimeOf(scenario, file)
  const forge = createForge(file, startTimeSeconds, scenario)
  const items = forgeAll(scenario, forge)
  return {
    scenario,
    chain: reference,
    chainFile: file,
    startTimeMs: startTimeSeconds * 1000,
    nodes: compileNodes(scenario),
    items,
    names: namesByHash(items),
    steps: compileSteps(scenario, forge),
    requires: requirementsOf(scenario),
  }
}

function checkNamespace(scenario: Scenario): void {
  for (const name of Object.keys(scenario.transactions)) {
    if (Object.hasOwn(scenario.blocks, name))
      throw new ScenarioError(`blocks.${name}`, 'a transaction has this name')
    if (name === GENESIS)
      throw new ScenarioError(`transactions.${name}`, 'this name is taken by the first block')
  }
  if (Object.hasOwn(scenario.blocks, GENESIS))
    throw new ScenarioError(`blocks.${GENESIS}`, 'this name is taken by the first block')
  if (scenario.keys.includes('anyone'))
    throw new ScenarioError('keys', '"anyone" means OP_TRUE and is no key')
}

function forgeAll(scenario: Scenario, forge: Forge): Map<string, CompiledItem> {
  for (const name of forgingOrder(scenario)) forge.item(name)
  const items = new Map<string, CompiledItem>([[GENESIS, forge.genesis]])
  for (const name of Object.keys(scenario.blocks)) items.set(name, forge.block(name))
  for (const name of Object.keys(scenario.transactions)) items.set(name, forge.transaction(name))
  return items
}

function namesByHash(items: ReadonlyMap<string, CompiledItem>): Map<string, string> {
  const names = new Map<string, string>()
  for (const [name, item] of items) if (!names.has(item.hash)) names.set(item.hash, name)
  return names
}

function checkReferences(scenario: Scenario): void {
  for (const { kind, name, path } of referencesOf(scenario)) {
    const isBlock = name === GENESIS || Object.hasOwn(scenario.blocks, name)
    const isTransaction = Object.hasOwn(scenario.transactions, name)
    const exists = {
      node: Object.hasOwn(scenario.nodes, name),
      block: isBlock,
      transaction: isTransaction,
      item: isBlock || isTransaction,
    }
    if (!exists[kind])
      throw new ScenarioError(path, `no ${kind === 'item' ? 'block or transaction' : kind} named "${name}"`)
  }
}

function compileNodes(scenario: Scenario): CompiledNode[] {
  const nodes = Object.entries(scenario.nodes)
  if (nodes.length === 0) throw new ScenarioError('nodes', 'expected at least one node')
  return nodes.map(([name, spec]) => ({ name, ...spec }))
}

function compileSteps(scenario: Scenario, forge: Forge): CompiledStep[] {
  let now = 0
  return scenario.steps.map((step, index) => {
    const path = `steps.${index}`
    if (step.at !== undefined && step.at < now)
      throw new ScenarioError(`${path}.at`, `goes back in time, the step before is at ${now}`)
    now = step.at ?? now
    checkStep(step, path, scenario, forge)
    return { ...step, index, at: now }
  })
}

/** What the schema cannot say about a step. */
function checkStep(step: Step, path: string, scenario: Scenario, forge: Forge): void {
  if (step.do === 'send' && step.to === undefined && Object.keys(scenario.nodes).length > 1)
    throw new ScenarioError(path, 'expected "to": the scenario has several nodes')
  if (step.do !== 'expect') return
  for (const balance of [step.balance ?? []].flat()) forge.script(balance.of, `${path}.balance.of`)
  if (step.never && step.withinMs === undefined)
    throw new ScenarioError(path, 'expected "withinMs": never, for how long?')
  if (!CONDITIONS.some((key) => step[key] !== undefined))
    throw new ScenarioError(path, `expected one of ${CONDITIONS.join(', ')}`)
}

const CONDITIONS = ['verdict', 'tip', 'height', 'digestOf', 'balance', 'mempool', 'agree'] as const
