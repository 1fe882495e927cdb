import { defineModule, listOf, range, weak } from '../../../spec/index.ts'

/** A ring of counters that heals itself: from any state there is one token in the end. [Dijkstra, EWD426] */
export const tokenRing = defineModule({
  name: 'TokenRing',
  constants: { nodes: 6, values: 6 },
  presets: { small: { nodes: 4, values: 4 } },
  variables: ({ nodes, values }) => ({ counters: listOf(range(0, values - 1), nodes) }),
  init: ({ nodes, values }) =>
    listOf(range(0, values - 1), nodes)
      .values()
      .map((counters) => ({ counters })),
  actions: ({ nodes, values }, action) => ({
    CreateToken: action({
      guard: ({ counters }) => counters[0] === counters[nodes - 1],
      next: ({ counters }) => ({ counters: counters.with(0, (counters[nodes - 1]! + 1) % values) }),
    }),
    PassToken: action({
      choose: { node: range(1, nodes - 1) },
      guard: ({ counters }, { node }) => counters[node] !== counters[node - 1],
      next: ({ counters }, { node }) => ({ counters: counters.with(node, counters[node - 1]!) }),
    }),
  }),
  fairness: () => [weak(['CreateToken', 'PassToken'])],
  properties: ({ values }, { eventuallyAlways }) => ({
    oneTokenAtLast: eventuallyAlways(({ counters }) => {
      const [first] = counters
      const cut = counters.findIndex((counter) => counter !== first)
      return cut === -1 || counters.slice(cut).every((counter) => counter === (first! + values - 1) % values)
    }),
  }),
})
