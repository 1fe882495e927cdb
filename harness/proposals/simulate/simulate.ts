import { createStream } from '../../simulation/index.ts'
import { type BranchRun, playBranches, type World } from './branches.ts'
import { type DeploymentKind, playSignalling, type SignallingRun, WINDOW_BLOCKS } from './deployments.ts'
import { type Proportion, proportion, type Spread, spreadOf } from './statistics.ts'

/** Who mines while a draft comes into force; shares are of the hash rate, or of the nodes where it says so. */
export interface Activation {
  readonly kind: DeploymentKind
  /** Rejects what the draft forbids. */
  readonly enforcing: number
  /** Builds on any header without judging the block; part of those who do not enforce. */
  readonly blind: number
  /** Signals, whether it enforces or not; absent: those who enforce and those who are blind. */
  readonly signalling?: number
  /** Would abandon a heretical deployment. */
  readonly opposing?: number
  /** Of the full nodes: how many enforce it. */
  readonly upgraded: number
  /** Probability that a block of those who do not enforce breaks the draft. */
  readonly violating: number
  /** Blocks that are looked at, from the first on in which something is forbidden. */
  readonly blocks: number
  readonly partition?: World['partition']
  /** The others cannot read the blocks of those who enforce: a hard fork. */
  readonly isUnreadable?: boolean
}

/** What happened in the runs; proportions and means with their 95 % interval. */
export interface ActivationResult {
  readonly runs: number
  /** Of the runs: it came into force, or blocks had to signal for it. */
  readonly activated: Proportion
  /** Windows of 2016 blocks until then. */
  readonly windows: Spread
  /** The share of signals in the best window. */
  readonly signallingPeak: Spread
  /** Of the runs: the chain split because of the draft. */
  readonly split: Proportion
  /** Of the splits: how many never came together again. */
  readonly lasting: Proportion
  /** What theory says of `lasting`: the two branches are a random walk. [Feller, gambler's ruin] */
  readonly lastingExpected: number
  /** Blocks that nodes without the draft took back when a split healed. */
  readonly depth: Spread
  /** Hours until a split that heals was over. */
  readonly hoursToReconverge: Spread
  readonly orphaned: Spread
  /** Of the splits: a payment with so many confirmations was taken back. */
  readonly reversed: readonly { readonly confirmations: number; readonly share: Proportion }[]
  /** Of the runs: those who enforce took back six blocks, as a partition makes them. */
  readonly enforcingReversedAtSix: Proportion
  /** Of the time: light nodes follow a chain that breaks the draft, and so do full nodes that are not upgraded. */
  readonly lightMisled: Spread
  readonly lightConfirmations: Spread
  /** Of all full nodes and of the time: not upgraded, and on a chain that breaks the draft. */
  readonly fullNodesMisled: number
  /** Of all full nodes: upgraded, and left on the branch of less work by a lasting split. */
  readonly fullNodesLeftBehind: number
  /** Days that the enforcing branch alone needs for its next difficulty period, at full difficulty. */
  readonly stallDays: number
  /** Of the splits: the first came in the first block in which something was forbidden. */
  readonly splitAtOnce: Proportion
}

/** What is taken for settled; light wallets were advised to wait for 30 more in July 2015. */
const CONFIRMATIONS = [1, 3, 6, 30]
const BLOCKS_AN_HOUR = 6
const BLOCKS_A_DAY = 144

/** Plays signalling and the weeks after it many times. */
export function simulateActivation(activation: Activation, runs: number, seed: number): ActivationResult {
  const { kind, enforcing, upgraded } = activation
  const stream = createStream(seed, 'mining', JSON.stringify({ ...activation, kind: kind.name }))
  const signalling = activation.signalling ?? enforcing + activation.blind
  const played = Array.from({ length: runs }, () => {
    const ask = { signalling, opposing: activation.opposing ?? 0 }
    const run = playSignalling(kind, ask, stream)
    const isOn = run.end === 'in force' || run.end === 'must signal'
    return { run, ...(isOn && { branches: playBranches(worldOf(activation, signalling, run), stream) }) }
  })
  const branches = played.flatMap((entry) => entry.branches ?? [])
  const healed = branches.flatMap((run) => run.healed)
  const lasting = branches.filter(({ isLasting }) => isLasting)
  const isSplit = (run: BranchRun) => run.isLasting || run.healed.length > 0
  const split = branches.filter(isSplit)
  const splits = healed.length + lasting.length
  const reversed = (confirmations: number) =>
    proportion(healed.filter(({ depth }) => depth >= confirmations).length, splits)
  const lightMisled = spreadOf(branches.map(({ misledShare }) => misledShare))
  const isLosing = (run: BranchRun) => run.lastingBranch.enforcing <= run.lastingBranch.others
  return {
    runs,
    activated: proportion(branches.length, runs),
    windows: spreadOf(played.filter((entry) => entry.branches !== undefined).map(({ run }) => run.windows)),
    signallingPeak: spreadOf(played.map(({ run }) => run.peak / WINDOW_BLOCKS)),
    split: proportion(split.length, runs),
    lasting: proportion(lasting.length, splits),
    lastingExpected: activation.isUnreadable === true ? 1 : lastingProbability(enforcing),
    depth: spreadOf(healed.map(({ depth }) => depth)),
    hoursToReconverge: spreadOf(healed.map(({ blocks }) => blocks / BLOCKS_AN_HOUR)),
    orphaned: spreadOf(branches.map(({ orphaned }) => orphaned)),
    reversed: CONFIRMATIONS.map((confirmations) => ({ confirmations, share: reversed(confirmations) })),
    enforcingReversedAtSix: proportion(
      branches.filter(({ enforcingReorganised }) => enforcingReorganised >= 6).length,
      runs,
    ),
    lightMisled,
    lightConfirmations: spreadOf(split.map(({ misledConfirmations }) => misledConfirmations)),
    fullNodesMisled: (1 - upgraded) * lightMisled.mean,
    fullNodesLeftBehind: (upgraded * lasting.filter(isLosing).length) / Math.max(runs, 1),
    stallDays: enforcing === 0 ? Number.POSITIVE_INFINITY : WINDOW_BLOCKS / BLOCKS_A_DAY / enforcing,
    splitAtOnce: proportion(split.filter((run) => run.firstSplitHeight === 1).length, split.length),
  }
}

function worldOf(activation: Activation, signalling: number, { end }: SignallingRun): World {
  const { kind, enforcing, blind, violating, blocks, partition, isUnreadable } = activation
  const others = Math.max(1 - enforcing - blind, 0)
  const othersSignalling = others === 0 ? 0 : Math.max(signalling - enforcing - blind, 0) / others
  return {
    enforcing,
    blind,
    othersSignalling,
    violating,
    blocks,
    ...(end === 'must signal' && { mustSignal: { blocks: WINDOW_BLOCKS, silentMax: kind.silentMax } }),
    ...(kind.activeBlocks !== undefined && { activeBlocks: kind.activeBlocks }),
    ...(partition !== undefined && { partition }),
    ...(isUnreadable !== undefined && { isUnreadable }),
  }
}

/**
 * The branch that breaks the draft is one block ahead when it begins, and is given up when the other is one block
 * longer: a walk that has to gain two, with one step up for each block of the enforcing share.
 */
export function lastingProbability(enforcing: number): number {
  return enforcing >= 0.5 ? 0 : 1 - (enforcing / (1 - enforcing)) ** 2
}
