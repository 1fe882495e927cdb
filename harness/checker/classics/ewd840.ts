import { boolean, defineModule, listOf, range, weak } from '../../../spec/index.ts'

/**
 * Termination is detected on a ring: a token goes round from node to node, downwards, and comes back white when nobody
 * was active meanwhile. [Dijkstra, Feijen and van Gasteren, EWD840]
 */
export const ewd840 = defineModule({
  name: 'EWD840',
  constants: { nodes: 3, fair: 'system' as 'system' | 'all' },
  presets: { '4': { nodes: 4 }, 'all fair': { fair: 'all' } },
  variables: ({ nodes }) => ({
    active: listOf(boolean, nodes),
    isBlack: listOf(boolean, nodes),
    token: range(0, nodes - 1),
    isTokenBlack: boolean,
  }),
  init: ({ nodes }) =>
    listOf(boolean, nodes)
      .values()
      .flatMap((active) =>
        listOf(boolean, nodes)
          .values()
          .flatMap((isBlack) =>
            range(0, nodes - 1)
              .values()
              .map((token) => ({ active, isBlack, token, isTokenBlack: true })),
          ),
      ),
  actions: ({ nodes }, action) => {
    const node = range(0, nodes - 1)
    return {
      InitiateProbe: action({
        guard: ({ token, isTokenBlack, isBlack }) =>
          token === 0 ? Number(isTokenBlack) + Number(isBlack[0]) : 0,
        next: ({ isBlack }) => ({ token: nodes - 1, isTokenBlack: false, isBlack: isBlack.with(0, false) }),
      }),
      PassToken: action({
        choose: { from: range(1, nodes - 1) },
        guard: ({ token, active, isBlack, isTokenBlack }, { from }) =>
          token === from ? Number(!active[from]) + Number(isBlack[from]) + Number(isTokenBlack) : 0,
        next: ({ isBlack, isTokenBlack }, { from }) => ({
          token: from - 1,
          isTokenBlack: isTokenBlack || isBlack[from]!,
          isBlack: isBlack.with(from, false),
        }),
      }),
      SendMessage: action({
        choose: { from: node, to: node },
        guard: ({ active }, { from, to }) => active[from]! && from !== to,
        next: ({ active, isBlack }, { from, to }) => ({
          active: active.with(to, true),
          isBlack: isBlack.with(from, to > from || isBlack[from]!),
        }),
      }),
      Deactivate: action({
        choose: { node },
        guard: ({ active }, { node }) => active[node]!,
        next: ({ active }, { node }) => ({ active: active.with(node, false) }),
      }),
    }
  },
  ends: () => (state) => isDetected(state),
  fairness: ({ fair }) => [
    weak(['InitiateProbe', 'PassToken', ...(fair === 'all' ? ['SendMessage', 'Deactivate'] : [])]),
  ],
  invariants: () => ({
    isDetectedRightly: (state) => !isDetected(state) || isTerminated(state),
    dijkstra: ({ active, isBlack, token, isTokenBlack }) =>
      active.every((isActive, node) => node <= token || !isActive) ||
      isBlack.slice(0, token + 1).includes(true) ||
      isTokenBlack,
  }),
  properties: ({ nodes }, { leadsTo, assuming, infinitelyOften, eventually, eventuallyOnlySteps }) => ({
    isDetectedAtLast: leadsTo(isTerminated, isDetected),
    isDetectedWhenAllRest: assuming(
      range(0, nodes - 1)
        .values()
        .map((node) => infinitelyOften(({ active }) => !active[node])),
      leadsTo(() => true, isDetected),
    ),
    stopsWithoutMessages: assuming(
      [eventuallyOnlySteps((_before, _after, { action }) => action !== 'SendMessage')],
      eventually(isTerminated),
    ),
  }),
})

interface State {
  readonly active: readonly boolean[]
  readonly isBlack: readonly boolean[]
  readonly token: number
  readonly isTokenBlack: boolean
}

function isTerminated({ active }: State): boolean {
  return !active.includes(true)
}

function isDetected({ active, isBlack, token, isTokenBlack }: State): boolean {
  return token === 0 && !isTokenBlack && !isBlack[0] && !active[0]
}
