import type { RandomStream } from '../../simulation/index.ts'
import { type BlockTree, createBlockTree } from './block-tree.ts'

/** Who mines, what the draft refuses, and what happens to the network. Shares are of the hash rate. */
export interface World {
  /** Rejects what the draft forbids. */
  readonly enforcing: number
  /** Builds on any header without judging the block. */
  readonly blind: number
  /** Of the others: how many blocks signal where blocks must. */
  readonly othersSignalling: number
  /** Of the others' blocks: how many break the draft. */
  readonly violating: number
  /** Blocks of all that are looked at. */
  readonly blocks: number
  /** Blocks that must signal at first, how many of them may be silent, and as many of rest after them; absent: the draft is in force at once. */
  readonly mustSignal?: { readonly blocks: number; readonly silentMax: number }
  /** Blocks for which it is in force, where it ends. */
  readonly activeBlocks?: number
  /** The blocks of those who enforce cannot be read by the others: a hard fork. */
  readonly isUnreadable?: boolean
  /** A share of everybody that hears nothing of the rest, from the first block on. */
  readonly partition?: { readonly share: number; readonly blocks: number }
}

/** What happened in one run. */
export interface BranchRun {
  /** How long each branch became that those without the draft followed although it breaks the draft: at each split that healed. */
  readonly healed: readonly { readonly depth: number; readonly blocks: number }[]
  /** The last split did not heal. */
  readonly isLasting: boolean
  /** Blocks of each side at the end of a lasting split. */
  readonly lastingBranch: { readonly others: number; readonly enforcing: number }
  /** Blocks that nobody follows at the end. */
  readonly orphaned: number
  /** Deepest reorganisation of those who enforce, which partitions alone bring about. */
  readonly enforcingReorganised: number
  /** Of the time: how much those without the draft, and light nodes, spend on a chain that breaks it. */
  readonly misledShare: number
  /** The most confirmations that they saw on such a chain. */
  readonly misledConfirmations: number
  /** Where the first split began, in blocks. */
  readonly firstSplitHeight: number | undefined
}

/** A branch that is so far behind does not come back: the chance is below 10^-9 at 45 %. */
const BEHIND_MAX = 200

/** What one side of a partition follows: those who enforce, and everybody else. */
interface View {
  strict: number
  legacy: number
}

/** Blocks one after another, each found by somebody of this world. Delays of propagation are left out. */
export function playBranches(world: World, stream: RandomStream): BranchRun {
  const tree = createBlockTree()
  const views: View[] = Array.from({ length: world.partition === undefined ? 1 : 2 }, () => ({
    strict: 0,
    legacy: 0,
  }))
  const [view] = views as [View]
  const withheld: number[] = []
  const healed: { depth: number; blocks: number }[] = []
  let [mined, misled, misledConfirmations, enforcingReorganised] = [0, 0, 0, 0]
  let [splitAt, firstSplitHeight]: (number | undefined)[] = [undefined, undefined]
  const isBehind = () => tree.height(view.legacy) - tree.height(view.strict) >= BEHIND_MAX
  const isOpen = () => splitAt !== undefined && world.isUnreadable !== true
  while (mined < world.blocks || isOpen()) {
    if (isOpen() && isBehind()) break
    const isApart = world.partition !== undefined && mined < world.partition.blocks
    if (world.partition !== undefined && mined === world.partition.blocks)
      for (const block of withheld) for (const each of views) offer(each, block)
    const side = world.partition !== undefined && stream.chance(world.partition.share) ? 1 : 0
    const block = mineOne(world, tree, views[side]!, stream)
    mined += 1
    if (isApart) withheld.push(block)
    for (const each of isApart ? [views[side]!] : views) offer(each, block)
    const isMisled = tree.violationDepth(view.legacy) > 0
    if (isMisled && splitAt === undefined) {
      splitAt = mined
      firstSplitHeight ??= tree.height(view.legacy)
    }
    if (isMisled) misled += 1
    if (!isMisled) splitAt = undefined
    misledConfirmations = Math.max(misledConfirmations, tree.violationDepth(view.legacy))
  }
  const isLasting = splitAt !== undefined || (world.isUnreadable === true && world.enforcing > 0)
  const fork = tree.commonAncestor(view.legacy, view.strict)
  const lengthOf = (tip: number) => tree.height(tip) - tree.height(fork)
  const total = Math.max(mined, world.blocks)
  return {
    healed,
    isLasting,
    lastingBranch: isLasting
      ? { others: lengthOf(view.legacy), enforcing: lengthOf(view.strict) }
      : { others: 0, enforcing: 0 },
    orphaned: mined - tree.height(fork) - lengthOf(view.legacy) - lengthOf(view.strict),
    enforcingReorganised,
    misledShare: (misled + (splitAt === undefined ? 0 : total - mined)) / total,
    misledConfirmations,
    firstSplitHeight,
  }

  /** A node takes what it accepts and what has more work than what it has. */
  function offer(to: View, block: number): void {
    if (
      !(world.isUnreadable === true && tree.isNewFormat(block)) &&
      tree.height(block) > tree.height(to.legacy)
    ) {
      const depth = tree.reorganisationDepth(to.legacy, block)
      const isHealing = tree.violationDepth(to.legacy) > 0 && tree.violationDepth(block) === 0
      if (isHealing && to === view) healed.push({ depth, blocks: mined - splitAt! + 1 })
      to.legacy = block
    }
    if (tree.violationDepth(block) === 0 && tree.height(block) > tree.height(to.strict)) {
      enforcingReorganised = Math.max(enforcingReorganised, tree.reorganisationDepth(to.strict, block))
      to.strict = block
    }
  }
}

function mineOne(world: World, tree: BlockTree, view: View, stream: RandomStream): number {
  const luck = stream.next()
  const isEnforcing = luck < world.enforcing
  const isBlind = !isEnforcing && luck < world.enforcing + world.blind
  const parent = isEnforcing ? view.strict : view.legacy
  const height = tree.height(parent) + 1
  const rest = world.mustSignal === undefined ? 0 : 2 * world.mustSignal.blocks
  const mustSignal = world.mustSignal !== undefined && height <= world.mustSignal.blocks
  const isActive = height > rest && height - rest <= (world.activeBlocks ?? Number.POSITIVE_INFINITY)
  const isOther = !isEnforcing && !isBlind
  const isSilent = mustSignal && isOther && !stream.chance(world.othersSignalling)
  const isTooSilent = isSilent && tree.silent(parent) + 1 > world.mustSignal!.silentMax
  const isViolating = isTooSilent || (isActive && isOther && stream.chance(world.violating))
  const isNewFormat = isEnforcing && isActive
  return tree.add({ parent, isViolating, isSilent, isNewFormat })
}
