import type { BlockSpec, Scenario, Step } from '../format/index.ts'
import { mentionsOf } from '../steps/index.ts'
import { keep, prune, wordsIn } from './mentions.ts'

/** The scenario without a block or transaction and without everything that rests on it. */
export function withoutItem(scenario: Scenario, name: string): Scenario {
  const gone = new Set([name])
  for (let size = 0; size !== gone.size; ) {
    size = gone.size
    for (const [other, spec] of Object.entries(scenario.transactions))
      if (mentionsAny(spec, gone)) gone.add(other)
    for (const [other, spec] of Object.entries(scenario.blocks))
      if (mentionsAny({ ...spec, transactions: [] }, gone)) gone.add(other)
  }
  const blocks = keep(scenario.blocks, (other) => !gone.has(other))
  return dropFromSteps({ ...scenario, blocks: mapBlocks(blocks, (spec) => leaveOut(spec, gone)) }, gone)
}

/** The scenario without a block, whose children stand on its parent instead. */
export function spliceBlock(scenario: Scenario, name: string): Scenario {
  const parent = scenario.blocks[name]?.extends
  if (parent === undefined) return scenario
  const blocks = keep(scenario.blocks, (other) => other !== name)
  const spliced = mapBlocks(blocks, (spec) => (spec.extends === name ? { ...spec, extends: parent } : spec))
  return dropFromSteps({ ...scenario, blocks: spliced }, new Set([name]))
}

/** The scenario without a node, its links and what is done to it. */
export function withoutNode(scenario: Scenario, node: string): Scenario {
  const nodes = Object.fromEntries(
    Object.entries(keep(scenario.nodes, (name) => name !== node)).map(([name, spec]) => [
      name,
      {
        ...spec,
        peers: spec.peers.filter((peer) => peer !== node),
        trusts: spec.trusts.filter((peer) => peer !== node),
      },
    ]),
  )
  const { network } = scenario
  return prune({
    ...scenario,
    nodes,
    network: {
      ...network,
      links: network.links.filter((link) => !link.between.includes(node)),
      faults: network.faults.filter((fault) => fault.from !== node && fault.to !== node),
    },
    steps: scenario.steps.flatMap((step) => stepWithoutNode(step, node)),
  })
}

function stepWithoutNode(step: Step, node: string): Step[] {
  const others = (names: readonly string[]) => names.filter((name) => name !== node)
  switch (step.do) {
    case 'send':
    case 'message': {
      if (step.to === undefined) return [step]
      const to = others(step.to)
      return to.length === 0 ? [] : [{ ...step, to }]
    }
    case 'partition':
      return [{ ...step, groups: step.groups.map(others).filter((group) => group.length > 0) }]
    case 'expect': {
      if (step.nodes === undefined) return [step]
      const nodes = others(step.nodes)
      return nodes.length === 0 ? [] : [{ ...step, nodes }]
    }
    default:
      return mentionsOf(step).some(({ kind, name }) => kind === 'node' && name === node) ? [] : [step]
  }
}

function dropFromSteps(scenario: Scenario, gone: ReadonlySet<string>): Scenario {
  const steps = scenario.steps.flatMap((step): Step[] => {
    if (step.do !== 'send') return mentionsAny(step, gone) ? [] : [step]
    const items = step.items.filter((item) => !gone.has(item))
    return items.length === 0 ? [] : [{ ...step, items }]
  })
  return prune({ ...scenario, steps })
}

function leaveOut(spec: BlockSpec, gone: ReadonlySet<string>): BlockSpec {
  return { ...spec, transactions: spec.transactions.filter((transaction) => !gone.has(transaction)) }
}

function mapBlocks(
  blocks: Readonly<Record<string, BlockSpec>>,
  change: (spec: BlockSpec) => BlockSpec,
): Record<string, BlockSpec> {
  return Object.fromEntries(Object.entries(blocks).map(([name, spec]) => [name, change(spec)]))
}

function mentionsAny(part: unknown, names: ReadonlySet<string>): boolean {
  return [...wordsIn(part)].some((word) => names.has(word))
}
