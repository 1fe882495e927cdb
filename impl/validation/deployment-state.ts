import type { Deployment } from '../chains/index.ts'
import { medianTimePast } from './median-time.ts'
import type { ChainLink } from './proof-of-work.ts'

type Bip9 = Extract<Deployment, { kind: 'bip9' }>

/** Where a soft fork stands for the child of some block. [BIP9] */
export type DeploymentState = 'defined' | 'started' | 'locked-in' | 'active' | 'failed'

const VERSION_TOP_MASK = 0xe0000000
const VERSION_TOP_BITS = 0x20000000

/**
 * States of one BIP9 deployment, remembered for the last block of each period on each branch.
 * [BIP9, with the minimum activation height of BIP341's deployment; Core AbstractThresholdConditionChecker]
 */
export class Bip9States {
  readonly #deployment: Bip9
  readonly #medianTimeSpan: number
  readonly #known = new WeakMap<ChainLink, DeploymentState>()

  constructor(deployment: Bip9, medianTimeSpan: number) {
    this.#deployment = deployment
    this.#medianTimeSpan = medianTimeSpan
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

  #next(state: DeploymentState, lastOfPeriod: ChainLink): DeploymentState {
    const { startTime, timeout, threshold, minActivationHeight } = this.#deployment
    const medianTime = () => medianTimePast(lastOfPeriod, this.#medianTimeSpan)
    switch (state) {
      case 'defined':
        return medianTime() >= startTime ? 'started' : 'defined'
      case 'started':
        if (this.#signals(lastOfPeriod) >= threshold) return 'locked-in'
        return medianTime() >= timeout ? 'failed' : 'started'
      case 'locked-in':
        return lastOfPeriod.height + 1 >= minActivationHeight ? 'active' : 'locked-in'
      case 'active':
      case 'failed':
        return state
    }
  }

  #signals(lastOfPeriod: ChainLink): number {
    const { bit, window } = this.#deployment
    let count = 0
    let link: ChainLink | undefined = lastOfPeriod
    for (let i = 0; i < window && link !== undefined; i++) {
      if ((link.version & VERSION_TOP_MASK) === VERSION_TOP_BITS && ((link.version >>> bit) & 1) === 1)
        count++
      link = link.previous
    }
    return count
  }
}
