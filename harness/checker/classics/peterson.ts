import { boolean, defineModule, listOf, oneOf, range, weak } from '../../../spec/index.ts'

/** Two processes exclude each other with three shared variables. [Peterson, Myths about the mutual exclusion problem] */
export const peterson = defineModule({
  name: 'Peterson',
  constants: {},
  variables: () => ({
    at: listOf(oneOf(['away', 'want', 'yield', 'wait', 'inside', 'leave']), 2),
    wants: listOf(boolean, 2),
    turn: range(0, 1),
  }),
  init: () => [{ at: ['away' as const, 'away' as const], wants: [false, false], turn: 0 }],
  actions: (_, action) => {
    const choose = { self: range(0, 1) }
    return {
      Come: action({
        choose,
        guard: ({ at }, { self }) => at[self] === 'away',
        next: ({ at }, { self }) => ({ at: at.with(self, 'want') }),
      }),
      Want: action({
        choose,
        guard: ({ at }, { self }) => at[self] === 'want',
        next: ({ at, wants }, { self }) => ({ at: at.with(self, 'yield'), wants: wants.with(self, true) }),
      }),
      Yield: action({
        choose,
        guard: ({ at }, { self }) => at[self] === 'yield',
        next: ({ at }, { self }) => ({ at: at.with(self, 'wait'), turn: 1 - self }),
      }),
      Enter: action({
        choose,
        guard: ({ at, wants, turn }, { self }) =>
          at[self] === 'wait' ? Number(!wants[1 - self]) + Number(turn === self) : 0,
        next: ({ at }, { self }) => ({ at: at.with(self, 'inside') }),
      }),
      Work: action({
        choose,
        guard: ({ at }, { self }) => at[self] === 'inside',
        next: ({ at }, { self }) => ({ at: at.with(self, 'leave') }),
      }),
      Leave: action({
        choose,
        guard: ({ at }, { self }) => at[self] === 'leave',
        next: ({ at, wants }, { self }) => ({ at: at.with(self, 'away'), wants: wants.with(self, false) }),
      }),
    }
  },
  fairness: () => [weak(['Want', 'Yield', 'Enter', 'Work', 'Leave'], ({ self }) => self)],
  invariants: () => ({
    oneIsInside: ({ at }) => !at.every((place) => place === 'inside' || place === 'leave'),
  }),
  properties: (_, { leadsTo }) => ({
    whoWantsComesIn: leadsTo(
      ({ at }) => at[0] === 'want',
      ({ at }) => at[0] === 'inside',
    ),
  }),
})
