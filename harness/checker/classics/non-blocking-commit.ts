import { boolean, defineModule, listOf, oneOf, range, recordOf, setOf } from '../../../spec/index.ts'

/** Atomic commitment among processes that may crash, with a detector of failures. [Raynal, A case study of agreement] */
export const nonBlockingCommit = defineModule({
  name: 'NonBlockingCommit',
  constants: { processes: 2 },
  variables: ({ processes }) => {
    const vote = recordOf({ from: range(0, processes - 1), isYes: boolean })
    return {
      at: listOf(oneOf(['yes', 'no', 'sent', 'abort', 'commit', 'crash']), processes),
      received: listOf(setOf(vote), processes),
      sent: setOf(vote),
      suspects: listOf(boolean, processes),
    }
  },
  init: ({ processes }) =>
    listOf(boolean, processes)
      .values()
      .flatMap((votes) =>
        listOf(boolean, processes)
          .values()
          .map((suspects) => ({
            at: votes.map((isYes) => (isYes ? ('yes' as const) : ('no' as const))),
            received: votes.map(() => []),
            sent: [],
            suspects,
          })),
      ),
  actions: ({ processes }, action) => {
    const self = range(0, processes - 1)
    const vote = recordOf({ from: self, isYes: boolean })
    return {
      // In one step a process receives what it likes of what was sent, hears of its detector, and then acts.
      Step: action({
        choose: {
          self,
          received: setOf(vote),
          suspects: boolean,
          act: oneOf(['vote', 'crash', 'abort', 'commit', 'rest']),
        },
        guard: {
          receivesWhatWasSent: ({ received: before, sent }, { self, received }) =>
            received.every((message) => sent.some((other) => isSameVote(message, other))) &&
            before[self]!.every((message) => received.some((other) => isSameVote(message, other))),
          mayAct: ({ at, received: before }, { self, received, suspects, act }) => {
            if (act === 'rest') return 1
            if (act === 'crash') return at[self] !== 'crash'
            if (act === 'vote') return at[self] === 'yes' || at[self] === 'no'
            if (at[self] !== 'sent') return 0
            if (act === 'abort') return Number(suspects) + before[self]!.filter(({ isYes }) => !isYes).length
            const agreeing = new Set(received.filter(({ isYes }) => isYes).map(({ from }) => from))
            return !suspects && agreeing.size === processes
          },
        },
        next: (state, { self, received, suspects, act }) => ({
          received: state.received.with(self, received),
          suspects: state.suspects.with(self, suspects),
          ...(act !== 'rest' && { at: state.at.with(self, act === 'vote' ? 'sent' : act) }),
          ...(act === 'vote' && {
            sent: [...state.sent, { from: self, isYes: state.at[self] === 'yes' }],
          }),
        }),
      }),
    }
  },
  invariants: () => ({
    commitsOnlyWhatAllWant: ({ at, sent }) => !at.includes('commit') || sent.every(({ isYes }) => isYes),
  }),
})

interface Vote {
  readonly from: number
  readonly isYes: boolean
}

function isSameVote(left: Vote, right: Vote): boolean {
  return left.from === right.from && left.isYes === right.isYes
}
