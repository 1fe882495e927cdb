import { defineModule, has, mapOf, oneOf, range, recordOf, setOf } from '../../../spec/index.ts'
import { forEach, namesOf } from './names.ts'

/** Acceptors choose one value though messages are lost. [Lamport, Paxos made simple; Turing award lecture] */
export const paxos = defineModule({
  name: 'Paxos',
  constants: { acceptors: 3, values: 2, ballotMax: 1 },
  presets: { one: { acceptors: 1, values: 1, ballotMax: 1 } },
  variables: ({ acceptors, values, ballotMax }) => {
    const acceptor = oneOf(namesOf('a', acceptors))
    const ballot = range(0, ballotMax)
    const value = oneOf(namesOf('v', values))
    const maybeBallot = range(-1, ballotMax)
    const maybeValue = oneOf(['none', ...namesOf('v', values)])
    return {
      /** The highest ballot in which each acceptor took part; that in which it voted last, and for what. */
      seen: mapOf(namesOf('a', acceptors), maybeBallot),
      votedIn: mapOf(namesOf('a', acceptors), maybeBallot),
      votedFor: mapOf(namesOf('a', acceptors), maybeValue),
      asked: setOf(ballot),
      promised: setOf(recordOf({ acceptor, ballot, votedIn: maybeBallot, votedFor: maybeValue })),
      proposed: setOf(recordOf({ ballot, value })),
      accepted: setOf(recordOf({ acceptor, ballot, value })),
    }
  },
  init: ({ acceptors }) => [
    {
      seen: forEach(namesOf('a', acceptors), -1),
      votedIn: forEach(namesOf('a', acceptors), -1),
      votedFor: forEach(namesOf('a', acceptors), 'none'),
      asked: [],
      promised: [],
      proposed: [],
      accepted: [],
    },
  ],
  actions: ({ acceptors, values, ballotMax }, action) => {
    const acceptor = oneOf(namesOf('a', acceptors))
    const ballot = range(0, ballotMax)
    const value = oneOf(namesOf('v', values))
    const majorities = majoritiesOf(namesOf('a', acceptors))
    return {
      Ask: action({ choose: { ballot }, next: ({ asked }, { ballot }) => ({ asked: [...asked, ballot] }) }),
      Promise: action({
        choose: { acceptor, ballot },
        guard: ({ asked, seen }, { acceptor, ballot }) => asked.includes(ballot) && ballot > seen[acceptor]!,
        next: ({ seen, votedIn, votedFor, promised }, { acceptor, ballot }) => ({
          seen: { ...seen, [acceptor]: ballot },
          promised: [
            ...promised,
            { acceptor, ballot, votedIn: votedIn[acceptor]!, votedFor: votedFor[acceptor]! },
          ],
        }),
      }),
      Propose: action({
        choose: { ballot, value },
        guard: ({ proposed, promised }, { ballot, value }) => {
          if (proposed.some((proposal) => proposal.ballot === ballot)) return 0
          const own = promised.filter((promise) => promise.ballot === ballot)
          const waysWith = (majority: readonly string[]) => {
            const heard = own.filter(({ acceptor }) => majority.includes(acceptor))
            if (!majority.every((name) => heard.some((promise) => promise.acceptor === name))) return 0
            const votes = heard.filter(({ votedIn }) => votedIn >= 0)
            const last = Math.max(...votes.map(({ votedIn }) => votedIn))
            return votes.length === 0
              ? 1
              : votes.filter(({ votedIn, votedFor }) => votedIn === last && votedFor === value).length
          }
          return majorities.reduce((sum, majority) => sum + waysWith(majority), 0)
        },
        next: ({ proposed }, proposal) => ({ proposed: [...proposed, proposal] }),
      }),
      Vote: action({
        choose: { acceptor, ballot, value },
        guard: ({ proposed, seen }, { acceptor, ballot, value }) =>
          ballot >= seen[acceptor]! && has(proposed, { ballot, value }),
        next: ({ seen, votedIn, votedFor, accepted }, { acceptor, ballot, value }) => ({
          seen: { ...seen, [acceptor]: ballot },
          votedIn: { ...votedIn, [acceptor]: ballot },
          votedFor: { ...votedFor, [acceptor]: value },
          accepted: [...accepted, { acceptor, ballot, value }],
        }),
      }),
    }
  },
  interchangeable: ({ acceptors, values }) => [namesOf('a', acceptors), namesOf('v', values)],
  invariants: ({ acceptors, values, ballotMax }) => ({
    oneValueIsChosen: ({ accepted }) => {
      const majority = Math.floor(acceptors / 2) + 1
      const isChosen = (value: string) =>
        range(0, ballotMax)
          .values()
          .some(
            (ballot) =>
              accepted.filter((vote) => vote.ballot === ballot && vote.value === value).length >= majority,
          )
      return namesOf('v', values).filter(isChosen).length <= 1
    },
  }),
})

/** The smallest sets of which any two have a member in common. */
export function majoritiesOf(names: readonly string[]): readonly (readonly string[])[] {
  const size = Math.floor(names.length / 2) + 1
  return setOf(oneOf(names))
    .values()
    .filter((set) => set.length === size)
}
