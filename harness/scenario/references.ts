import type { Scenario, Step } from './format/index.ts'

/** One place in a scenario that names something else. */
export interface Reference {
  readonly kind: 'node' | 'block' | 'transaction' | 'item'
  readonly name: string
  readonly path: string
}

/** Every name that nodes, the network and the steps mention; what blocks and transactions rest on is the forge's. */
export function referencesOf(scenario: Scenario): Reference[] {
  return [
    ...Object.entries(scenario.nodes).flatMap(([name, spec]) =>
      many('node', spec.peers, `nodes.${name}.peers`),
    ),
    ...scenario.network.links.flatMap((link, index) =>
      many('node', link.between, `network.links.${index}.between`),
    ),
    ...scenario.network.faults.flatMap((fault, index) => [
      { kind: 'node' as const, name: fault.from, path: `network.faults.${index}.from` },
      { kind: 'node' as const, name: fault.to, path: `network.faults.${index}.to` },
    ]),
    ...scenario.steps.flatMap((step, index) => referencesOfStep(step, `steps.${index}`)),
  ]
}

/** The names in one step. */
export function referencesOfStep(step: Step, path: string): Reference[] {
  switch (step.do) {
    case 'send':
      return [
        ...many('node', step.to, `${path}.to`),
        ...many(step.as === 'header' ? 'block' : 'item', step.items, `${path}.items`),
      ]
    case 'message':
      return many('node', step.to, `${path}.to`)
    case 'link':
      return many('node', step.between, `${path}.between`)
    case 'partition':
      return step.groups.flatMap((group, index) => many('node', group, `${path}.groups.${index}`))
    case 'heal':
      return []
    case 'clock':
    case 'crash':
    case 'stop':
    case 'wipe':
    case 'restart':
    case 'disk':
    case 'pause':
    case 'resume':
      return one('node', step.node, `${path}.node`)
    case 'invalidate':
    case 'reconsider':
      return [...one('node', step.node, `${path}.node`), ...one('block', step.block, `${path}.block`)]
    case 'expect':
      return [
        ...many('node', step.nodes, `${path}.nodes`),
        ...one('item', step.verdict?.item, `${path}.verdict.item`),
        ...[step.tip ?? []].flat().flatMap((tip) => one('block', tip, `${path}.tip`)),
        ...one('block', step.digestOf, `${path}.digestOf`),
        ...many('transaction', step.mempool?.has, `${path}.mempool.has`),
        ...many('transaction', step.mempool?.lacks, `${path}.mempool.lacks`),
      ]
  }
}

function many(kind: Reference['kind'], names: readonly string[] | undefined, path: string): Reference[] {
  return (names ?? []).map((name, index) => ({ kind, name, path: `${path}.${index}` }))
}

function one(kind: Reference['kind'], name: string | undefined, path: string): Reference[] {
  return name === undefined ? [] : [{ kind, name, path }]
}
