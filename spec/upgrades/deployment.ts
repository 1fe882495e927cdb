import { match } from 'ts-pattern'
import type { Deployment } from '../chains/index.ts'
import type { Branch } from '../vocabulary/index.ts'
import { ancestorAt, medianTimePast, signals } from '../vocabulary/index.ts'
import type { HereticalPeriodEnd, PeriodEnd, SignalledState } from './signalling.ts'
import { nextBip8State, nextBip9State, nextExpiringState, nextHereticalState } from './signalling.ts'

type Signalled = Extract<Deployment, { kind: 'bip9' | 'bip8' | 'expiring' | 'heretical' }>

/**
 * Where a deployment stands for the block on top of `parent`: a function of the branch, never of a height alone.
 * Deployments without signalling are defined until they are active.
 */
export function deploymentState(
  deployment: Deployment,
  parent: Branch,
  medianTimeSpan: number,
): SignalledState {
  return match(deployment)
    .returnType<SignalledState>()
    .with({ kind: 'always' }, () => 'active')
    .with({ kind: 'never' }, () => 'failed')
    .with({ kind: 'height' }, ({ height }) => activeIf(parent.height + 1 >= height))
    .with({ kind: 'time' }, (flagDay) =>
      activeIf(medianTimePast(parent, medianTimeSpan) >= flagDay.medianTime),
    )
    .with({ kind: 'bip9' }, { kind: 'bip8' }, { kind: 'heretical' }, (signalled) =>
      signalledState(signalled, parent, medianTimeSpan),
    )
    .with({ kind: 'expiring' }, (expiring) => {
      const earlier = ancestorAt(parent, parent.height - expiring.activeBlocks)
      const isOver = earlier !== undefined && signalledState(expiring, earlier, medianTimeSpan) === 'active'
      return isOver ? 'expired' : signalledState(expiring, parent, medianTimeSpan)
    })
    .exhaustive()
}

const activeIf = (isReached: boolean) => (isReached ? 'active' : 'defined')

/** The state that all blocks of the period share in which the block on top of `parent` lies. */
function signalledState(deployment: Signalled, parent: Branch, medianTimeSpan: number): SignalledState {
  const ends = remembered(deployment)
  const unknown: Branch[] = []
  let end = periodEndBelow(parent, deployment.window)
  while (end !== undefined && !ends.has(end)) {
    unknown.push(end)
    end = ancestorAt(end, end.height - deployment.window)
  }
  let state: SignalledState = (end && ends.get(end)) ?? 'defined'
  for (const last of unknown.reverse()) {
    state = nextState(deployment, state, periodEndFacts(last, deployment, medianTimeSpan))
    ends.set(last, state)
  }
  return state
}

/** One period's step of a signalled deployment of any kind. */
export function nextState(
  deployment: Signalled,
  state: SignalledState,
  facts: PeriodEnd & HereticalPeriodEnd,
): SignalledState {
  return match(deployment)
    .with({ kind: 'bip9' }, (bip9) => nextBip9State(bip9, state, facts))
    .with({ kind: 'bip8' }, (bip8) => nextBip8State(bip8, state, facts))
    .with({ kind: 'expiring' }, (expiring) => nextExpiringState(expiring, state, facts))
    .with({ kind: 'heretical' }, (heretical) => nextHereticalState(heretical, state, facts))
    .exhaustive()
}

/** The last block of the newest whole period at or below `parent`. */
function periodEndBelow(parent: Branch, window: number): Branch | undefined {
  return ancestorAt(parent, parent.height - ((parent.height + 1) % window))
}

function periodEndFacts(
  last: Branch,
  deployment: Signalled,
  medianTimeSpan: number,
): PeriodEnd & HereticalPeriodEnd {
  const versions: number[] = []
  let at: Branch | undefined = last
  for (; versions.length < deployment.window && at !== undefined; at = at.parent)
    versions.push(at.header.version)
  const isHeretical = deployment.kind === 'heretical'
  return {
    nextHeight: last.height + 1,
    medianTime: medianTimePast(last, medianTimeSpan),
    signalling: isHeretical ? 0 : versions.filter((version) => signals(version, deployment.bit)).length,
    isActivated: isHeretical && versions.includes(deployment.activateVersion),
    isAbandoned: isHeretical && versions.includes(deployment.abandonVersion),
  }
}

/** States are computed once for each period of each branch. */
function remembered(deployment: Signalled): WeakMap<Branch, SignalledState> {
  const before = states.get(deployment)
  if (before !== undefined) return before
  const ends = new WeakMap<Branch, SignalledState>()
  states.set(deployment, ends)
  return ends
}

const states = new WeakMap<Signalled, WeakMap<Branch, SignalledState>>()
