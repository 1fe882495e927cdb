import { boolean, defineModule, listOf, oneOf, range, recordOf, weak } from '../../../spec/index.ts'

const decision = oneOf(['undecided', 'commit', 'abort'])
const broadcast = oneOf(['none', 'commit', 'abort'])

/** Atomic commitment with a coordinator that may die half-way. [Babaoglu and Toueg, Understanding non-blocking commitment] */
export const atomicCommit = defineModule({
  name: 'AtomicCommit',
  constants: { participants: 3 },
  presets: { '2': { participants: 2 } },
  variables: ({ participants }) => ({
    participant: listOf(
      recordOf({ votesYes: boolean, isAlive: boolean, decision, hasVoted: boolean }),
      participants,
    ),
    asked: listOf(boolean, participants),
    heard: listOf(oneOf(['waiting', 'yes', 'no']), participants),
    announced: listOf(broadcast, participants),
    decision,
    isAlive: boolean,
  }),
  init: ({ participants }) => {
    const each = <Value>(value: Value) => Array.from({ length: participants }, () => value)
    return listOf(boolean, participants)
      .values()
      .map((votes) => ({
        participant: votes.map((votesYes) => ({
          votesYes,
          isAlive: true,
          decision: 'undecided' as const,
          hasVoted: false,
        })),
        asked: each(false),
        heard: each('waiting' as const),
        announced: each('none' as const),
        decision: 'undecided' as const,
        isAlive: true,
      }))
  },
  actions: ({ participants }, action) => {
    const choose = { who: range(0, participants - 1) }
    const set = (list: readonly Participant[], who: number, part: Partial<Participant>) => ({
      participant: list.with(who, { ...list[who]!, ...part }),
    })
    return {
      Ask: action({
        choose,
        guard: ({ isAlive, asked }, { who }) => isAlive && !asked[who],
        next: ({ asked }, { who }) => ({ asked: asked.with(who, true) }),
      }),
      Hear: action({
        choose,
        guard: (state, { who }) => waitsFor(state, who) && state.participant[who]!.hasVoted,
        next: ({ heard, participant }, { who }) => ({
          heard: heard.with(who, participant[who]!.votesYes ? 'yes' : 'no'),
        }),
      }),
      NoticeDeath: action({
        choose,
        guard: (state, { who }) =>
          waitsFor(state, who) && !state.participant[who]!.isAlive && !state.participant[who]!.hasVoted,
        next: () => ({ decision: 'abort' }),
      }),
      Decide: action({
        guard: ({ isAlive, decision, heard }) =>
          isAlive && decision === 'undecided' && !heard.includes('waiting')
            ? Math.max(1, heard.filter((vote) => vote === 'no').length)
            : 0,
        next: ({ heard }) => ({ decision: heard.includes('no') ? 'abort' : 'commit' }),
      }),
      Announce: action({
        choose,
        guard: ({ isAlive, decision, announced }, { who }) =>
          isAlive && decision !== 'undecided' && announced[who] === 'none',
        next: ({ decision, announced }, { who }) => ({
          announced: announced.with(who, decision === 'commit' ? 'commit' : 'abort'),
        }),
      }),
      CoordinatorDies: action({ guard: ({ isAlive }) => isAlive, next: () => ({ isAlive: false }) }),
      Vote: action({
        choose,
        guard: ({ participant, asked }, { who }) => participant[who]!.isAlive && asked[who]!,
        next: ({ participant }, { who }) => set(participant, who, { hasVoted: true }),
      }),
      AbortOnOwnNo: action({
        choose,
        guard: ({ participant }, { who }) =>
          isOpen(participant[who]!) && participant[who]!.hasVoted && !participant[who]!.votesYes,
        next: ({ participant }, { who }) => set(participant, who, { decision: 'abort' }),
      }),
      AbortUnasked: action({
        choose,
        guard: ({ participant, isAlive, asked }, { who }) =>
          isOpen(participant[who]!) && !isAlive && !asked[who],
        next: ({ participant }, { who }) => set(participant, who, { decision: 'abort' }),
      }),
      Obey: action({
        choose,
        guard: ({ participant, announced }, { who }) =>
          isOpen(participant[who]!) && announced[who] !== 'none',
        next: ({ participant, announced }, { who }) =>
          set(participant, who, { decision: announced[who] === 'commit' ? 'commit' : 'abort' }),
      }),
      ParticipantDies: action({
        choose,
        guard: ({ participant }, { who }) => participant[who]!.isAlive,
        next: ({ participant }, { who }) => set(participant, who, { isAlive: false }),
      }),
    }
  },
  ends: () => () => true,
  fairness: () => [
    weak(['Vote', 'AbortOnOwnNo', 'AbortUnasked', 'Obey'], ({ who }) => who),
    weak(['Ask', 'Hear', 'NoticeDeath', 'Decide', 'Announce']),
  ],
  invariants: () => ({
    nobodyCommitsWhatAnotherAborts: ({ participant }) =>
      !(
        participant.some(({ decision }) => decision === 'commit') &&
        participant.some(({ decision }) => decision === 'abort')
      ),
    commitsOnlyWhatAllWant: ({ participant }) =>
      participant.every(({ votesYes }) => votesYes) ||
      participant.every(({ decision }) => decision !== 'commit'),
  }),
  properties: (_, { eventually }) => ({
    allDecideOrSomebodyDies: eventually(
      ({ participant, isAlive }) =>
        !isAlive ||
        participant.some((entry) => !entry.isAlive) ||
        participant.every(({ decision }) => decision !== 'undecided'),
    ),
    aliveDecide: eventually(({ participant }) =>
      participant.every(({ decision, isAlive }) => decision !== 'undecided' || !isAlive),
    ),
  }),
})

interface Participant {
  readonly votesYes: boolean
  readonly isAlive: boolean
  readonly decision: 'undecided' | 'commit' | 'abort'
  readonly hasVoted: boolean
}

interface State {
  readonly isAlive: boolean
  readonly decision: 'undecided' | 'commit' | 'abort'
  readonly asked: readonly boolean[]
  readonly heard: readonly string[]
}

function isOpen({ isAlive, decision }: Participant): boolean {
  return isAlive && decision === 'undecided'
}

function waitsFor({ isAlive, decision, asked, heard }: State, who: number): boolean {
  return isAlive && decision === 'undecided' && !asked.includes(false) && heard[who] === 'waiting'
}
