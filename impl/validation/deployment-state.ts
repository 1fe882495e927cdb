import type { Deployment } from '../chains/index.ts'
import { medianTimePast } from './median-time.ts'
import type { ChainLink } from './proof-of-work.ts'

type Bip9 = Extract<Deployment, { kind: 'bip9' }>
type Bip8 = Extract<Deployment, { kind: 'bip8' }>

/** A soft fork that miners lock in by a bit of their blocks' versions. */
export type Signalled = Bip9 | Bip8

/** Where a soft fork stands for the child of some block. `must-signal` is BIP8's alone. [BIP9, BIP8] */
export type DeploymentState = 'defined' | 'started' | 'must-signal' | 'locked-in' | 'active' | 'failed'

const VERSION_TOP_MASK = 0xe0000000
const VERSION_TOP_BITS = 0x20000000

/**
 * States of one signalled deployment, remembered for the last block of each period on each branch.
 * [BIP9 with the minimum activation height of BIP341's deployment; BIP8; Core AbstractThresholdConditionChecker]
 */
export class DeploymentStates {
  readonly #deployment: Signalled
  readonly #medianTimeSpan: number
  readonly #known = new WeakMap<ChainLink, DeploymentState>()

  constructor(deployment: Signalled, medianTimeSpan: number) {
    this.#deployment = deployment
    this.#medianTimeSpan = medianTimeSpan
  }

  /** The deployment's place in a block's version. */
  get mask(): number {
    return 1 << this.#deployment.bit
  }

  /** The state for the child of `parent`. */
  stateAfter(parent: ChainLink): DeploymentState {
    const { window } = this.#deployment
    const unknown: ChainLink[] = []
    let height = parent.height - ((parent.height + 1) % window)
    let state: DeploymentState = 'defined'
    for (; height >= 0; height -= window) {
      const link = (unknown[unknown.length - 1] ?? parent).ancestor(height)
      const known = this.#known.get(link)
      if (known !== undefined) {
        state = known
        break
      }
      unknown.push(link)
    }
    for (let i = unknown.length - 1; i >= 0; i--) {
      state = this.#next(state, unknown[i]!)
      this.#known.set(unknown[i]!, state)
    }
    return state
  }

  /** Height of the first block that has the state of the child of `parent`; 0 for the first state. [Core GetStateSinceHeightFor] */
  sinceAfter(parent: ChainLink | undefined): number {
    if (parent === undefined) return 0
    const state = this.stateAfter(parent)
    if (state === 'defined') return 0
    const { window } = this.#deployment
    let first = parent.height + 1 - ((parent.height + 1) % window)
    while (first >= window && this.stateAfter(parent.ancestor(first - window)) === state) first -= window
    return first
  }

  /** So many blocks of the period kept silent that the child of `parent` must not. [BIP8 §Mandatory signalling] */
  mustSignalAfter(parent: ChainLink): boolean {
    if (this.stateAfter(parent) !== 'must-signal') return false
    const { bit, threshold, window } = this.#deployment
    const before = (parent.height + 1) % window
    return before - countSignals(parent, before, bit) >= window - threshold
  }

  #next(state: DeploymentState, lastOfPeriod: ChainLink): DeploymentState {
    return this.#deployment.kind === 'bip9'
      ? nextByTime(state, lastOfPeriod, this.#deployment, this.#medianTimeSpan)
      : nextByHeight(state, lastOfPeriod, this.#deployment)
  }
}

/** Whether a version has the top bits of BIP9 and all bits of `mask`. */
export function signals(version: number, mask: number): boolean {
  return (version & VERSION_TOP_MASK) === VERSION_TOP_BITS && (version & mask) === mask
}

/** [BIP9 §State transitions] */
function nextByTime(
  state: DeploymentState,
  lastOfPeriod: ChainLink,
  { bit, startTime, timeout, threshold, window, minActivationHeight }: Bip9,
  medianTimeSpan: number,
): DeploymentState {
  const medianTime = () => medianTimePast(lastOfPeriod, medianTimeSpan)
  switch (state) {
    case 'defined':
      return medianTime() >= startTime ? 'started' : 'defined'
    case 'started':
      if (countSignals(lastOfPeriod, window, bit) >= threshold) return 'locked-in'
      return medianTime() >= timeout ? 'failed' : 'started'
    case 'locked-in':
      return lastOfPeriod.height + 1 >= minActivationHeight ? 'active' : 'locked-in'
    default:
      return state
  }
}

/** [BIP8 §State transitions] */
function nextByHeight(
  state: DeploymentState,
  lastOfPeriod: ChainLink,
  { bit, startHeight, timeoutHeight, lockInOnTimeout, threshold, window }: Bip8,
): DeploymentState {
  const height = lastOfPeriod.height + 1
  switch (state) {
    case 'defined':
      return height >= startHeight ? 'started' : 'defined'
    case 'started':
      if (countSignals(lastOfPeriod, window, bit) >= threshold) return 'locked-in'
      if (lockInOnTimeout) return height + window >= timeoutHeight ? 'must-signal' : 'started'
      return height >= timeoutHeight ? 'failed' : 'started'
    case 'must-signal':
      return 'locked-in'
    case 'locked-in':
      return 'active'
    default:
      return state
  }
}

/** How many of the `count` blocks up to `last` signal. */
function countSignals(last: ChainLink, count: number, bit: number): number {
  let signalling = 0
  let link: ChainLink | undefined = last
  for (let i = 0; i < count && link !== undefined; i++, link = link.previous)
    if (signals(link.version, 1 << bit)) signalling++
  return signalling
}
