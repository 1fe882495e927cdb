import { match } from 'ts-pattern'
import type { Bip8, Bip9, Expiring, Heretical } from '../chains/index.ts'

/** Where a signalled deployment stands for the blocks of one period. */
export type SignalledState =
  | 'defined'
  | 'started'
  | 'must-signal'
  | 'locked-in'
  | 'active'
  | 'failed'
  | 'expired'
  | 'deactivating'
  | 'abandoned'

/** What is known at the end of a period, when the next one's state is settled. */
export interface PeriodEnd {
  /** Height of the first block of the next period. */
  readonly nextHeight: number
  /** Median time past of the period's last block. */
  readonly medianTime: number
  /** How many blocks of the period set the bit. */
  readonly signalling: number
}

/** What a heretical deployment looks for in a period. */
export interface HereticalPeriodEnd {
  readonly medianTime: number
  /** Whether a block has the version that activates it, and that abandons it. */
  readonly isActivated: boolean
  readonly isAbandoned: boolean
}

/** Whether the blocks of a period are judged by it. */
export function isInForce(state: SignalledState): boolean {
  return state === 'active' || state === 'deactivating'
}

/** One period's step of a deployment between two times. [BIP9 §State transitions, Core versionbits.cpp GetStateFor] */
export function nextBip9State(deployment: Bip9, state: SignalledState, end: PeriodEnd): SignalledState {
  return match(state)
    .returnType<SignalledState>()
    .with('defined', () => (end.medianTime >= deployment.startTime ? 'started' : 'defined'))
    .with('started', () => {
      if (end.signalling >= deployment.threshold) return 'locked-in'
      return end.medianTime >= deployment.timeout ? 'failed' : 'started'
    })
    .with('locked-in', () => (end.nextHeight >= deployment.minActivationHeight ? 'active' : 'locked-in'))
    .otherwise((last) => last)
}

/** One period's step of a deployment between two heights. [BIP8 §State transitions] */
export function nextBip8State(deployment: Bip8, state: SignalledState, end: PeriodEnd): SignalledState {
  return match(state)
    .returnType<SignalledState>()
    .with('defined', () => (end.nextHeight >= deployment.startHeight ? 'started' : 'defined'))
    .with('started', () => {
      if (end.signalling >= deployment.threshold) return 'locked-in'
      if (deployment.lockInOnTimeout && end.nextHeight + deployment.window >= deployment.timeoutHeight)
        return 'must-signal'
      return end.nextHeight >= deployment.timeoutHeight ? 'failed' : 'started'
    })
    .with('must-signal', () => 'locked-in')
    .with('locked-in', () => 'active')
    .otherwise((last) => last)
}

/** One period's step of a deployment that locks in by a height at the latest; when it expires is not asked here. [BIP110 §Deployment] */
export function nextExpiringState(
  { startTime, threshold, window, maxActivationHeight }: Expiring,
  state: SignalledState,
  { nextHeight, medianTime, signalling }: PeriodEnd,
): SignalledState {
  return match(state)
    .returnType<SignalledState>()
    .with('defined', () => (medianTime >= startTime ? 'started' : 'defined'))
    .with('started', () => {
      if (signalling >= threshold) return 'locked-in'
      return nextHeight + 2 * window >= maxActivationHeight ? 'must-signal' : 'started'
    })
    .with('must-signal', () => 'locked-in')
    .with('locked-in', () => 'active')
    .otherwise((last) => last)
}

/** One period's step of a deployment that one block locks in and one block abandons. [Bitcoin Inquisition versionbits.cpp GetStateFor] */
export function nextHereticalState(
  { startTime, timeout }: Heretical,
  state: SignalledState,
  { medianTime, isActivated, isAbandoned }: HereticalPeriodEnd,
): SignalledState {
  const isOver = medianTime >= timeout
  return match(state)
    .returnType<SignalledState>()
    .with('defined', () => {
      if (isOver) return 'abandoned'
      return medianTime >= startTime ? 'started' : 'defined'
    })
    .with('started', () => {
      if (isOver || isAbandoned) return 'abandoned'
      return isActivated ? 'locked-in' : 'started'
    })
    .with('locked-in', 'active', () => (isOver || isAbandoned ? 'deactivating' : 'active'))
    .with('deactivating', () => 'abandoned')
    .otherwise((last) => last)
}
