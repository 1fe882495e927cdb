import { match } from 'ts-pattern'
import type { Bip8, Bip9, Expiring } from '../chains/index.ts'

/** Where a signalled deployment stands for the blocks of one period. */
export type SignalledState =
  | 'defined'
  | 'started'
  | 'must-signal'
  | 'locked-in'
  | 'active'
  | 'failed'
  | 'expired'

/** What is known at the end of a period, when the next one's state is settled. */
export interface PeriodEnd {
  /** Height of the first block of the next period. */
  readonly nextHeight: number
  /** Median time past of the period's last block. */
  readonly medianTime: number
  /** How many blocks of the period set the bit. */
  readonly signalling: number
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
    .with('must-signal', 'active', 'failed', 'expired', (last) => last)
    .exhaustive()
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
    .with('active', 'failed', 'expired', (last) => last)
    .exhaustive()
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
    .with('active', 'failed', 'expired', (last) => last)
    .exhaustive()
}
