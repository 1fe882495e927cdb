import { type Deployment, isInForce, nextState, type SignalledState } from '../../../spec/index.ts'
import type { RandomStream } from '../../simulation/index.ts'
import { countOf } from './statistics.ts'

const WINDOW = 2016
/** About a year. */
const TIMEOUT_WINDOWS = 26
const BIT = { bit: 0, window: WINDOW }

/** A way in which a draft comes into force; each step is what the specification says of a chain. */
export interface DeploymentKind {
  readonly name: string
  readonly text: string
  /** Absent: in force from a block or a time on, whatever miners signal. Times are in windows. */
  readonly signalled?: Extract<Deployment, { kind: 'bip9' | 'bip8' | 'expiring' | 'heretical' }>
  /** How many blocks of a window that must signal may be silent. */
  readonly silentMax: number
  /** Blocks for which it is in force, where it ends by itself. */
  readonly activeBlocks?: number
}

const bip8 = (lockInOnTimeout: boolean) =>
  ({
    ...BIT,
    kind: 'bip8',
    startHeight: 0,
    timeoutHeight: TIMEOUT_WINDOWS * WINDOW,
    lockInOnTimeout,
    threshold: 1815,
  }) as const

/** Every kind of deployment, with the thresholds under which drafts were deployed. [BIP9, BIP8, BIP90, BIP110, Bitcoin Inquisition] */
export const DEPLOYMENT_KINDS: readonly DeploymentKind[] = [
  {
    name: 'bip9',
    text: 'BIP9, 1916 of 2016 blocks within a year, or it fails',
    silentMax: WINDOW,
    signalled: {
      ...BIT,
      kind: 'bip9',
      startTime: 0,
      timeout: TIMEOUT_WINDOWS,
      minActivationHeight: 0,
      threshold: 1916,
    },
  },
  {
    name: 'bip8',
    text: 'BIP8, 1815 of 2016 blocks within a year, or it fails',
    silentMax: WINDOW,
    signalled: bip8(false),
  },
  {
    name: 'bip8-lock-in',
    text: 'BIP8 that locks in at its timeout: blocks of the window before must signal',
    silentMax: WINDOW - 1815,
    signalled: bip8(true),
  },
  { name: 'buried', text: 'from a height on', silentMax: WINDOW },
  { name: 'flag-day', text: 'from a time on', silentMax: WINDOW },
  {
    name: 'expiring',
    text: 'BIP110: 1109 of 2016 blocks, or every block of a window must signal; it ends after 52,416 blocks',
    silentMax: 0,
    activeBlocks: 52_416,
    signalled: {
      ...BIT,
      kind: 'expiring',
      startTime: 0,
      threshold: 1109,
      maxActivationHeight: TIMEOUT_WINDOWS * WINDOW,
      activeBlocks: 52_416,
    },
  },
  {
    name: 'heretical',
    text: 'one block activates it and one block abandons it, as on a chain whose blocks are signed',
    silentMax: WINDOW,
    signalled: {
      kind: 'heretical',
      activateVersion: 0,
      abandonVersion: 1,
      startTime: 0,
      timeout: Number.MAX_SAFE_INTEGER,
      window: WINDOW,
    },
  },
]

/** How the signalling for a draft went. */
export interface SignallingRun {
  readonly end: 'in force' | 'must signal' | 'failed' | 'abandoned'
  readonly windows: number
  /** The most blocks that signalled in one window. */
  readonly peak: number
}

/** Plays windows of 2016 blocks until blocks must signal, the draft is in force, or it never will be. */
export function playSignalling(
  { signalled }: DeploymentKind,
  { signalling, opposing }: { readonly signalling: number; readonly opposing: number },
  stream: RandomStream,
): SignallingRun {
  if (signalled === undefined) return { end: 'in force', windows: 0, peak: 0 }
  let state: SignalledState = 'defined'
  let peak = 0
  for (let index = 0; ; index++) {
    const count = countOf(WINDOW, signalling, stream)
    peak = Math.max(peak, count)
    const isAbandoned = opposing > 0 && countOf(WINDOW, opposing, stream) > 0
    const windows = index + 1
    state = nextState(signalled, state, {
      nextHeight: windows * WINDOW,
      medianTime: index,
      signalling: count,
      isActivated: count > 0,
      isAbandoned,
    })
    if (isInForce(state)) return { end: 'in force', windows, peak }
    if (state === 'must-signal') return { end: 'must signal', windows, peak }
    if (state === 'failed') return { end: 'failed', windows, peak }
    // With neither side there is nothing to wait for.
    if (state === 'abandoned' || windows > 2 * TIMEOUT_WINDOWS) return { end: 'abandoned', windows, peak }
  }
}

/** Blocks of a window, as these deployments count them. */
export const WINDOW_BLOCKS = WINDOW
