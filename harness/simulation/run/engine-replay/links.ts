import type { CompiledScenario } from '../../../scenario/index.ts'

/** Where an ideal network carries messages: links with a delay, that may be up, down or held. */
export interface Links {
  /** Nodes that hear what this one says, up or not. */
  peersOf(node: string): readonly string[]
  state(from: string, to: string): LinkState
  latencyMs(from: string, to: string): number
  set(from: string, to: string, state: LinkState): void
  /** Only members of one group hear each other. */
  partition(groups: readonly (readonly string[])[]): void
  heal(): void
}

type LinkState = 'up' | 'down' | 'hold'

export function createLinks(compiled: CompiledScenario): Links {
  const { network } = compiled.scenario
  const key = (from: string, to: string) => `${from} ${to}`
  const states = new Map<string, LinkState>()
  const latencies = new Map(
    network.links.flatMap(({ between: [a, b], latencyMs }) => [
      [key(a, b), latencyMs],
      [key(b, a), latencyMs],
    ]),
  )
  for (const { name, peers } of compiled.nodes)
    for (const peer of peers) {
      states.set(key(name, peer), 'up')
      states.set(key(peer, name), 'up')
    }
  const all = [...states.keys()].map((pair) => pair.split(' ') as [string, string])

  return {
    peersOf: (node) => all.filter(([from]) => from === node).map(([, to]) => to),
    state: (from, to) => states.get(key(from, to)) ?? 'down',
    latencyMs: (from, to) => latencies.get(key(from, to)) ?? network.latencyMs,
    set(from, to, state) {
      if (states.has(key(from, to))) states.set(key(from, to), state)
    },
    partition(groups) {
      for (const [from, to] of all) {
        const together = groups.some((group) => group.includes(from) && group.includes(to))
        states.set(key(from, to), together ? 'up' : 'down')
      }
    },
    heal() {
      for (const [from, to] of all) states.set(key(from, to), 'up')
    },
  }
}
