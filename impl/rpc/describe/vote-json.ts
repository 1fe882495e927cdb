import type { Deployment } from '../../chains/index.ts'
import type { BlockNode } from '../../chainstate/index.ts'
import { type DeploymentStates, signals } from '../../validation/index.ts'
import { RawNumber } from '../json.ts'

type Bip9 = Extract<Deployment, { kind: 'bip9' }>

const NO_TIMEOUT = new RawNumber('9223372036854775807')
/** [Core BIP9Deployment::ALWAYS_ACTIVE] */
const ALWAYS_ACTIVE = { start_time: -1, timeout: NO_TIMEOUT, min_activation_height: 0 }

/** A soft fork that is in force on every block, as Core describes one that was voted on. */
export function describeAlways() {
  const state = { status: 'active', since: 0, status_next: 'active' }
  return { type: 'bip9', height: 0, active: true, bip9: { ...ALWAYS_ACTIVE, ...state } }
}

/** How a vote stands at a block and for its child. [Core SoftForkDescPushBack, VersionBitsCache::Info] */
export function describeVote(deployment: Bip9, states: DeploymentStates, block: BlockNode) {
  const parent = block.previous
  const current = parent === undefined ? 'defined' : states.stateAfter(parent)
  const next = states.stateAfter(block)
  const since = states.sinceAfter(parent)
  const isOpen = current === 'started' || current === 'locked-in'
  const activeSince = current === 'active' ? since : next === 'active' ? block.height + 1 : undefined
  const { bit, startTime, timeout, minActivationHeight } = deployment
  return {
    type: 'bip9',
    ...(activeSince === undefined ? {} : { height: activeSince }),
    active: activeSince !== undefined && activeSince <= block.height + 1,
    bip9: {
      ...(isOpen ? { bit } : {}),
      start_time: startTime,
      timeout: timeout === Number.MAX_SAFE_INTEGER ? NO_TIMEOUT : timeout,
      min_activation_height: minActivationHeight,
      status: current.replace('-', '_'),
      since,
      status_next: next.replace('-', '_'),
      ...(isOpen ? describeCount(deployment, block, current === 'started') : {}),
    },
  }
}

/** Who has voted in the period of a block up to it. */
function describeCount({ bit, window, threshold }: Bip9, block: BlockNode, isUndecided: boolean) {
  const elapsed = (block.height % window) + 1
  let signalling = ''
  for (let node = block, i = 0; i < elapsed; node = node.previous!, i++)
    signalling = (signals(node.version, 1 << bit) ? '#' : '-') + signalling
  const count = signalling.replaceAll('-', '').length
  const outlook = isUndecided ? { threshold, possible: window - threshold >= elapsed - count } : {}
  return { statistics: { period: window, elapsed, count, ...outlook }, signalling }
}
