import { defineModule, oneOf, range, setOf } from '../../../spec/index.ts'
import { ballotVariables, beforeVoting } from './ballots.ts'
import { namesOf } from './names.ts'

/**
 * Voting in ballots where different quorums may together show that a value is safe.
 * [Lamport, Byzantizing Paxos by refinement, module VoteProof; the published depth is 15, TLC with a single worker says 14]
 */
export const voteProof = defineModule({
  name: 'VoteProof',
  constants: { acceptors: 3, values: 2, ballotMax: 2 },
  variables: ballotVariables,
  init: beforeVoting,
  actions: ({ acceptors, values, ballotMax }, action) => {
    const acceptor = oneOf(namesOf('a', acceptors))
    const ballot = range(0, ballotMax)
    const quorums = quorumsOf(namesOf('a', acceptors))
    return {
      Raise: action({
        choose: { acceptor, ballot },
        guard: ({ seen }, { acceptor, ballot }) => ballot > seen[acceptor]!,
        next: ({ seen }, { acceptor, ballot }) => ({ seen: { ...seen, [acceptor]: ballot } }),
      }),
      Vote: action({
        choose: { acceptor, ballot, value: oneOf(namesOf('v', values)) },
        guard: {
          isNotPast: ({ seen }, { acceptor, ballot }) => seen[acceptor]! <= ballot,
          hasNotVoted: ({ votes }, { acceptor, ballot }) => !hasVotedIn(votes[acceptor]!, ballot),
          noneVotedOtherwise: ({ votes }, { acceptor, ballot, value }) =>
            Object.keys(votes).every(
              (name) => name === acceptor || votedOnlyFor(votes[name]!, ballot, value),
            ),
          isSafe: (state, { ballot, value }) => waysToShow(state, quorums, ballot, value),
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
  invariants: ({ acceptors, values, ballotMax }) => {
    const quorums = quorumsOf(namesOf('a', acceptors))
    return {
      votesAreSafe: (state) =>
        Object.values(state.votes)
          .flat()
          .every(({ ballot, value }) => waysToShow(state, quorums, ballot, value) > 0),
      oneValueIsChosen: ({ votes }) =>
        namesOf('v', values).filter((value) =>
          range(0, ballotMax)
            .values()
            .some((ballot) =>
              quorums.some((majority) =>
                majority.every((name) =>
                  votes[name]!.some((vote) => vote.ballot === ballot && vote.value === value),
                ),
              ),
            ),
        ).length <= 1,
    }
  },
})

type Votes = readonly { readonly ballot: number; readonly value: string }[]

interface State {
  readonly votes: Readonly<Record<string, Votes>>
  readonly seen: Readonly<Record<string, number>>
}

/** In how many ways it is shown that no other value is, or can ever be, chosen in an earlier ballot. */
function waysToShow(
  state: State,
  quorums: readonly (readonly string[])[],
  ballot: number,
  value: string,
): number {
  const { votes, seen } = state
  const waysSince = (last: number, quorum: readonly string[]): number => {
    if (!quorum.every((name) => votes[name]!.every((vote) => vote.ballot <= last || vote.ballot >= ballot)))
      return 0
    if (last === -1) return 1
    return quorum.every((name) => votedOnlyFor(votes[name]!, last, value))
      ? waysToShow(state, quorums, last, value)
      : 0
  }
  let ways = ballot === 0 ? 1 : 0
  for (const quorum of quorums)
    if (quorum.every((name) => seen[name]! >= ballot))
      for (let last = -1; last < ballot; last++) ways += waysSince(last, quorum)
  return ways
}

/** Every set that has more than half of the names. */
function quorumsOf(names: readonly string[]): readonly (readonly string[])[] {
  return setOf(oneOf(names))
    .values()
    .filter((set) => set.length > names.length / 2)
}

function hasVotedIn(votes: Votes, ballot: number): boolean {
  return votes.some((vote) => vote.ballot === ballot)
}

function votedOnlyFor(votes: Votes, ballot: number, value: string): boolean {
  return votes.every((vote) => vote.ballot !== ballot || vote.value === value)
}
