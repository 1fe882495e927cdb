import { boolean, defineModule, listOf, range, weak } from '../../../spec/index.ts'

/** What it means to detect that nodes which send each other messages have all come to rest. [Dijkstra, EWD998] */
export const asyncTermination = defineModule({
  name: 'AsyncTermination',
  constants: { nodes: 4, pendingMax: 3 },
  presets: { small: { nodes: 3, pendingMax: 2 } },
  variables: ({ nodes, pendingMax }) => ({
    active: listOf(boolean, nodes),
    pending: listOf(range(0, pendingMax), nodes),
    isDetected: boolean,
  }),
  init: ({ nodes }) =>
    listOf(boolean, nodes)
      .values()
      .flatMap((active) => {
        const pending = active.map(() => 0)
        const possible = active.includes(true) ? [false] : [false, true]
        return possible.map((isDetected) => ({ active, pending, isDetected }))
      }),
  actions: ({ nodes }, action) => {
    const node = range(0, nodes - 1)
    return {
      Terminate: action({
        choose: { node, isDetected: boolean },
        guard: ({ active, pending, isDetected: before }, { node, isDetected }) =>
          active[node]! &&
          (isDetected === before || isDetected === isTerminated(active.with(node, false), pending)),
        next: ({ active }, { node, isDetected }) => ({ active: active.with(node, false), isDetected }),
      }),
      Send: action({
        choose: { from: node, to: node },
        guard: ({ active }, { from }) => active[from]!,
        next: ({ pending }, { to }) => ({ pending: pending.with(to, pending[to]! + 1) }),
      }),
      Receive: action({
        choose: { node },
        guard: ({ pending }, { node }) => pending[node]! > 0,
        next: ({ active, pending }, { node }) => ({
          active: active.with(node, true),
          pending: pending.with(node, pending[node]! - 1),
        }),
      }),
      Detect: action({
        guard: ({ active, pending }) => isTerminated(active, pending),
        next: () => ({ isDetected: true }),
      }),
    }
  },
  constraint:
    ({ pendingMax }) =>
    ({ pending }) =>
      pending.every((count) => count <= pendingMax),
  fairness: () => [weak(['Detect'])],
  invariants: () => ({
    isDetectedRightly: ({ active, pending, isDetected }) => !isDetected || isTerminated(active, pending),
  }),
  properties: (_, { alwaysStep, leadsTo }) => ({
    restsForEver: alwaysStep(
      (before, after) =>
        !isTerminated(before.active, before.pending) || isTerminated(after.active, after.pending),
    ),
    isDetectedAtLast: leadsTo(
      ({ active, pending }) => isTerminated(active, pending),
      ({ isDetected }) => isDetected,
    ),
  }),
})

function isTerminated(active: readonly boolean[], pending: readonly number[]): boolean {
  return !active.includes(true) && pending.every((count) => count === 0)
}
