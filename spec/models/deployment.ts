import type { Bip9 } from '../chains/index.ts'
import type { DefinedModule } from '../language/index.ts'
import { defineModule, oneOf, range } from '../language/index.ts'
import type { SignalledState } from '../upgrades/index.ts'
import { nextBip9State } from '../upgrades/index.ts'

interface Constants {
  readonly threshold: number
  readonly window: number
  /** Times are counted in periods here. */
  readonly startTime: number
  readonly timeout: number
  /** Height, in periods, before which the deployment is not active. */
  readonly minActivation: number
  readonly periods: number
}

interface State {
  readonly deployment: SignalledState
  /** Whole periods that have passed. */
  readonly period: number
  /** Median time past of the last block: it may stand still, and it may leap. */
  readonly medianTime: number
  /** The state before: so that steps can be judged. */
  readonly before: SignalledState
}

interface Period {
  readonly signalling: number
  readonly elapsed: number
}

const STATES = ['defined', 'started', 'locked-in', 'active', 'failed'] as const

/** A deployment of BIP9 over some periods, in each of which miners signal as they like and time passes as it likes. */
export const deployment: DefinedModule<Constants, State> = defineModule<Constants, State>({
  name: 'Deployment',
  constants: { threshold: 3, window: 4, startTime: 1, timeout: 4, minActivation: 5, periods: 8 },
  variables: ({ periods }) => ({
    deployment: oneOf<SignalledState>(STATES),
    period: range(0, periods),
    medianTime: range(0, 2 * periods),
    before: oneOf<SignalledState>(STATES),
  }),
  init: () => [{ deployment: 'defined', period: 0, medianTime: 0, before: 'defined' }],
  actions: (constants, action) => ({
    EndPeriod: action<Period>({
      choose: { signalling: range(0, constants.window), elapsed: range(0, 2) },
      guard: ({ period }) => period < constants.periods,
      next: (state, { signalling, elapsed }) => {
        const medianTime = state.medianTime + elapsed
        const nextHeight = (state.period + 1) * constants.window
        const next = nextBip9State(scheduleOf(constants), state.deployment, {
          nextHeight,
          medianTime,
          signalling,
        })
        return { deployment: next, before: state.deployment, period: state.period + 1, medianTime }
      },
    }),
  }),
  invariants: ({ minActivation }) => ({
    activeOnlyWhenLockedIn: ({ deployment, before }) =>
      deployment !== 'active' || before === 'locked-in' || before === 'active',
    activeOnlyFromItsHeight: ({ deployment, period }) => deployment !== 'active' || period >= minActivation,
    endIsTheEnd: ({ deployment, before }) =>
      !(before === 'active' || before === 'failed') || deployment === before,
    startedBeforeItEnds: ({ deployment, before }) =>
      before !== 'defined' || deployment === 'defined' || deployment === 'started',
  }),
  ends:
    ({ periods }) =>
    ({ period }) =>
      period === periods,
  sometimes: ({ timeout }) => ({
    itActivates: ({ deployment }) => deployment === 'active',
    itFails: ({ deployment }) => deployment === 'failed',
    itWaitsForItsHeight: ({ deployment, before }) => deployment === 'locked-in' && before === 'locked-in',
    itLocksInAfterTheTimeout: ({ deployment, before, medianTime }) =>
      deployment === 'locked-in' && before === 'started' && medianTime >= timeout,
  }),
})

function scheduleOf({ threshold, window, startTime, timeout, minActivation }: Constants): Bip9 {
  return {
    kind: 'bip9',
    bit: 0,
    startTime,
    timeout,
    threshold,
    window,
    minActivationHeight: minActivation * window,
  }
}
