import { defineModule, has, oneOf, range } from '../../../spec/index.ts'
import { ballotVariables, beforeVoting } from './ballots.ts'
import { namesOf } from './names.ts'
import { majoritiesOf } from './paxos.ts'

/** What Paxos does without messages: acceptors vote in ballots, only for values that are safe. [Lamport] */
export const voting = defineModule({
  name: 'Voting',
  constants: { acceptors: 3, values: 2, ballotMax: 1 },
  presets: { large: { ballotMax: 2 } },
  variables: ballotVariables,
  init: beforeVoting,
  actions: ({ acceptors, values, ballotMax }, action) => {
    const acceptor = oneOf(namesOf('a', acceptors))
    const ballot = range(0, ballotMax)
    const majorities = majoritiesOf(namesOf('a', acceptors))
    return {
      Leave: action({
        choose: { acceptor, ballot },
        guard: ({ seen }, { acceptor, ballot }) => ballot > seen[acceptor]!,
        next: ({ seen }, { acceptor, ballot }) => ({ seen: { ...seen, [acceptor]: ballot } }),
      }),
      Vote: action({
        choose: { acceptor, ballot, value: oneOf(namesOf('v', values)) },
        guard: (state, { acceptor, ballot, value }) => {
          const { votes, seen } = state
          if (seen[acceptor]! > ballot || votes[acceptor]!.some((vote) => vote.ballot === ballot)) return 0
          const others = Object.values(votes).flat()
          if (others.some((vote) => vote.ballot === ballot && vote.value !== value)) return 0
          return majorities.reduce((sum, majority) => sum + waysToShow(state, majority, ballot, value), 0)
        },
        next: ({ votes, seen }, { acceptor, ballot, value }) => ({
          votes: { ...votes, [acceptor]: [...votes[acceptor]!, { ballot, value }] },
          seen: { ...seen, [acceptor]: ballot },
        }),
      }),
    }
  },
  ends: () => () => true,
  interchangeable: ({ acceptors, values }) => [namesOf('a', acceptors), namesOf('v', values)],
  invariants: ({ acceptors, ballotMax }) => ({
    oneValueInABallot: ({ votes }) => {
      const all = Object.values(votes).flat()
      return all.every(({ ballot, value }) =>
        all.every((vote) => vote.ballot !== ballot || vote.value === value),
      )
    },
    oneValueIsChosen: ({ votes }) => {
      const chosen = new Set<string>()
      for (const ballot of range(0, ballotMax).values()) {
        const values = Object.values(votes).flatMap((own) => own.filter((vote) => vote.ballot === ballot))
        if (values.length > acceptors / 2) chosen.add(values[0]!.value)
      }
      return chosen.size <= 1
    },
  }),
})

interface State {
  readonly votes: Readonly<Record<string, readonly { readonly ballot: number; readonly value: string }[]>>
  readonly seen: Readonly<Record<string, number>>
}

/** In how many ways a majority shows that a value is safe: by each member's vote in what may have been the last ballot. */
function waysToShow(
  { votes, seen }: State,
  majority: readonly string[],
  ballot: number,
  value: string,
): number {
  if (!majority.every((name) => seen[name]! >= ballot)) return 0
  return range(-1, ballot - 1)
    .values()
    .filter((last) =>
      majority.every((name) => votes[name]!.every((vote) => vote.ballot <= last || vote.ballot >= ballot)),
    )
    .map((last) =>
      last === -1 ? 1 : majority.filter((name) => has(votes[name]!, { ballot: last, value })).length,
    )
    .reduce((sum, ways) => sum + ways, 0)
}
