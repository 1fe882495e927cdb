import { defineModule, has, mapOf, oneOf, range, recordOf, setOf, subsetOf } from '../../../spec/index.ts'
import { forEach, namesOf } from './names.ts'
import { majoritiesOf } from './paxos.ts'
import { managerState, tCommit } from './t-commit.ts'

const VOTES = ['prepared', 'aborted'] as const

/**
 * Managers commit a transaction though coordinators fail: one instance of Paxos for each manager's vote.
 * [Gray and Lamport, Consensus on transaction commit]
 */
export const paxosCommit = defineModule({
  name: 'PaxosCommit',
  constants: { managers: 2, acceptors: 3, ballotMax: 1 },
  presets: { tiny: { managers: 1 } },
  variables: ({ managers, acceptors, ballotMax }) => {
    const of = oneOf(namesOf('r', managers))
    const ballot = range(0, ballotMax)
    const promise = { votedIn: range(-1, ballotMax), votedFor: oneOf(['none', ...VOTES]) }
    return {
      manager: mapOf(namesOf('r', managers), managerState),
      /** What each acceptor has seen and voted for, of each manager. */
      acceptor: mapOf(
        namesOf('r', managers),
        mapOf(namesOf('a', acceptors), recordOf({ seen: ballot, ...promise })),
      ),
      asked: setOf(recordOf({ of, ballot: range(1, ballotMax) })),
      promised: setOf(
        recordOf({ of, ballot: range(1, ballotMax), by: oneOf(namesOf('a', acceptors)), ...promise }),
      ),
      proposed: setOf(recordOf({ of, ballot, vote: oneOf(VOTES) })),
      accepted: setOf(recordOf({ of, ballot, vote: oneOf(VOTES), by: oneOf(namesOf('a', acceptors)) })),
      decided: subsetOf(['commit', 'abort']),
    }
  },
  init: ({ managers, acceptors }) => [
    {
      manager: forEach(namesOf('r', managers), 'working'),
      acceptor: forEach(
        namesOf('r', managers),
        forEach(namesOf('a', acceptors), { seen: 0, votedIn: -1, votedFor: 'none' as const }),
      ),
      asked: [],
      promised: [],
      proposed: [],
      accepted: [],
      decided: [],
    },
  ],
  actions: ({ managers, acceptors, ballotMax }, action) => {
    const of = oneOf(namesOf('r', managers))
    const by = oneOf(namesOf('a', acceptors))
    const later = range(1, ballotMax)
    const ballot = range(0, ballotMax)
    const vote = oneOf(VOTES)
    const majorities = majoritiesOf(namesOf('a', acceptors))
    const isWorking = ({ manager }: { manager: Readonly<Record<string, string>> }, choice: { of: string }) =>
      manager[choice.of] === 'working'
    /** Ballots and majorities in which this was accepted. */
    const witnesses = (accepted: readonly Acceptance[], of: string, vote: string) =>
      ballot
        .values()
        .flatMap((ballot) =>
          majorities.filter((majority) =>
            majority.every((by) =>
              accepted.some(
                (entry) =>
                  entry.of === of && entry.vote === vote && entry.ballot === ballot && entry.by === by,
              ),
            ),
          ),
        ).length
    return {
      Prepare: action({
        choose: { of },
        guard: isWorking,
        next: ({ manager, proposed }, { of }) => ({
          manager: { ...manager, [of]: 'prepared' },
          proposed: [...proposed, { of, ballot: 0, vote: 'prepared' }],
        }),
      }),
      GiveUp: action({
        choose: { of },
        guard: isWorking,
        next: ({ manager, proposed }, { of }) => ({
          manager: { ...manager, [of]: 'aborted' },
          proposed: [...proposed, { of, ballot: 0, vote: 'aborted' }],
        }),
      }),
      ObeyCommit: action({
        choose: { of },
        guard: ({ decided }) => decided.includes('commit'),
        next: ({ manager }, { of }) => ({ manager: { ...manager, [of]: 'committed' } }),
      }),
      ObeyAbort: action({
        choose: { of },
        guard: ({ decided }) => decided.includes('abort'),
        next: ({ manager }, { of }) => ({ manager: { ...manager, [of]: 'aborted' } }),
      }),
      Ask: action({
        choose: { of, ballot: later },
        next: ({ asked }, request) => ({ asked: [...asked, request] }),
      }),
      Propose: action({
        choose: { of, ballot: later, majority: range(0, majorities.length - 1) },
        guard: {
          isFirst: ({ proposed }, { of, ballot }) =>
            !proposed.some((proposal) => proposal.of === of && proposal.ballot === ballot),
          majorityHasPromised: ({ promised }, { of, ballot, majority }) =>
            majorities[majority]!.every((by) =>
              promised.some((promise) => promise.of === of && promise.ballot === ballot && promise.by === by),
            ),
        },
        next: ({ promised, proposed }, { of, ballot, majority }) => {
          const heard = promised.filter(
            (promise) =>
              promise.of === of && promise.ballot === ballot && majorities[majority]!.includes(promise.by),
          )
          const last = heard.reduce((latest, promise) =>
            promise.votedIn > latest.votedIn ? promise : latest,
          )
          const vote = last.votedFor === 'none' ? 'aborted' : last.votedFor
          return { proposed: [...proposed, { of, ballot, vote }] }
        },
      }),
      DecideCommit: action({
        guard: ({ accepted }) =>
          namesOf('r', managers).reduce((ways, of) => ways * witnesses(accepted, of, 'prepared'), 1),
        next: ({ decided }) => ({ decided: [...decided, 'commit'] }),
      }),
      DecideAbort: action({
        guard: ({ accepted }) =>
          namesOf('r', managers).reduce((ways, of) => ways + witnesses(accepted, of, 'aborted'), 0),
        next: ({ decided }) => ({ decided: [...decided, 'abort'] }),
      }),
      Promise: action({
        choose: { by, of, ballot: later },
        guard: ({ asked, acceptor }, { by, of, ballot }) =>
          has(asked, { of, ballot }) && acceptor[of]![by]!.seen < ballot,
        next: ({ acceptor, promised }, { by, of, ballot }) => {
          const { votedIn, votedFor } = acceptor[of]![by]!
          return {
            acceptor: { ...acceptor, [of]: { ...acceptor[of]!, [by]: { seen: ballot, votedIn, votedFor } } },
            promised: [...promised, { of, ballot, by, votedIn, votedFor }],
          }
        },
      }),
      Accept: action({
        choose: { by, of, ballot, vote },
        guard: ({ proposed, acceptor }, { by, of, ballot, vote }) =>
          has(proposed, { of, ballot, vote }) && acceptor[of]![by]!.seen <= ballot,
        next: ({ acceptor, accepted }, { by, of, ballot, vote }) => ({
          acceptor: {
            ...acceptor,
            [of]: { ...acceptor[of]!, [by]: { seen: ballot, votedIn: ballot, votedFor: vote } },
          },
          accepted: [...accepted, { of, ballot, vote, by }],
        }),
      }),
    }
  },
  interchangeable: ({ managers, acceptors }) => [namesOf('r', managers), namesOf('a', acceptors)],
  implements: ({ managers }) => ({
    tCommit: { abstract: tCommit.withConstants({ managers }), map: ({ manager }) => ({ manager }) },
  }),
})

interface Acceptance {
  readonly of: string
  readonly ballot: number
  readonly vote: string
  readonly by: string
}
