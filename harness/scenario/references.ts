import type { Scenario } from './format/index.ts'
import { type Mention, mentionsOf } from './steps/index.ts'

/** Every name that nodes, the network and the steps mention; what blocks and transactions rest on is the forge's. */
export function referencesOf(scenario: Scenario): Mention[] {
  return [
    ...Object.entries(scenario.nodes).flatMap(([name, spec]) => [
      ...many(spec.peers, `nodes.${name}.peers`),
      ...many(spec.trusts, `nodes.${name}.trusts`),
    ]),
    ...scenario.network.links.flatMap((link, index) => many(link.between, `network.links.${index}.between`)),
    ...scenario.network.faults.flatMap((fault, index) => [
      { kind: 'node' as const, name: fault.from, path: `network.faults.${index}.from` },
      { kind: 'node' as const, name: fault.to, path: `network.faults.${index}.to` },
    ]),
    ...scenario.steps.flatMap((step, index) =>
      mentionsOf(step).map((mention) => ({ ...mention, path: `steps.${index}.${mention.path}` })),
    ),
  ]
}

function many(names: readonly string[], path: string): Mention[] {
  return names.map((name, index) => ({ kind: 'node', name, path: `${path}.${index}` }))
}
