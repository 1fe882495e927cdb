import type { Chain } from '../chains/index.ts'
import { blockHash, workHash } from '../encoding/index.ts'
import type { Violation } from '../language/index.ts'
import { type Ask, askRule, everyRule, first, violationsOf } from '../language/index.ts'
import type { BlockSpend } from '../rules/index.ts'
import {
  blockRules,
  blockSpend,
  contextFreeBlockRules,
  contextFreeHeaderRules,
  headerRules,
  spendingRules,
} from '../rules/index.ts'
import type { Resolved } from '../upgrades/index.ts'
import type { Block, Branch, Header } from '../vocabulary/index.ts'
import { height } from '../vocabulary/index.ts'
import { applyBlock, type CoinSet, coinAt } from './coins.ts'

/** Every rule that a header breaks by itself, in checking order. */
export function* contextFreeHeaderViolations(
  chain: Chain,
  header: Header,
  ask: Ask,
): Generator<Violation, void> {
  const subject = { header, workHash: workHash(chain.proofOfWork, header) }
  yield* violationsOf(contextFreeHeaderRules, subject, chain.limits, everyRule, ask)
}

/** Every rule that a block breaks by itself, its header first. */
export function* contextFreeBlockViolations(
  chain: Chain,
  block: Block,
  ask: Ask,
): Generator<Violation, void> {
  yield* contextFreeHeaderViolations(chain, block.header, ask)
  const isGenesis = blockHash(block.header) === blockHash(chain.genesis.header)
  const subject = { block, signetChallenge: isGenesis ? undefined : chain.signetChallenge }
  yield* violationsOf(contextFreeBlockRules, subject, chain.limits, everyRule, ask)
}

/** Every rule that a header breaks on its parent. `now` is Unix time in seconds. */
export function* headerViolations(
  { isInForce, adds, limits, mustSignal }: Resolved,
  header: Header,
  parent: Branch,
  now: number,
  ask: Ask,
): Generator<Violation, void> {
  const subject = { header, parent, now, mustSignal }
  yield* violationsOf(headerRules, subject, limits, isInForce, ask)
  for (const added of adds) yield* violationsOf(added.header ?? [], subject, limits, everyRule, ask)
}

/** Every rule that a block breaks on its parent, whatever coins there are. */
export function* blockViolations(
  { isInForce, adds, limits }: Resolved,
  block: Block,
  parent: Branch,
  ask: Ask,
): Generator<Violation, void> {
  const subject = { block, parent, height: height(parent.height + 1) }
  yield* violationsOf(blockRules, subject, limits, isInForce, ask)
  for (const added of adds) yield* violationsOf(added.block ?? [], subject, limits, everyRule, ask)
}

/** Every rule that a block breaks by what it spends. */
export function* spendingViolations(
  { isInForce, adds, limits }: Resolved,
  spend: BlockSpend,
  ask: Ask,
): Generator<Violation, void> {
  yield* violationsOf(spendingRules, spend, limits, isInForce, ask)
  for (const added of adds) yield* violationsOf(added.spending ?? [], spend, limits, everyRule, ask)
}

/** The coins after a block, or the first rule that its spending breaks. */
export type Connected =
  | { readonly ok: true; readonly coins: CoinSet }
  | { readonly ok: false; readonly violation: Violation }

/** A block with its coins looked up. */
export function spendOf(resolved: Resolved, block: Block, parent: Branch, under: CoinSet): BlockSpend {
  const { features, extension, spared } = resolved
  return blockSpend(block, {
    parent,
    features,
    extension,
    spared,
    coinAt: (outpoint) => coinAt(under, outpoint),
  })
}

/**
 * The three judgements of a block. They are pure, so a caller that judges the same block for many nodes may
 * remember their results: the first by chain and block, the others by the block's hash.
 */
export interface Judges {
  readonly contextFree: (chain: Chain, block: Block) => Violation | undefined
  readonly onParent: (resolved: Resolved, block: Block, parent: Branch) => Violation | undefined
  readonly connect: (resolved: Resolved, block: Block, parent: Branch, under: CoinSet) => Connected
}

/** Judges that remember nothing. */
export function createJudges(ask: Ask = askRule): Judges {
  return {
    contextFree: (chain, block) => first(contextFreeBlockViolations(chain, block, ask)),
    onParent: (resolved, block, parent) => first(blockViolations(resolved, block, parent, ask)),
    connect(resolved, block, parent, under) {
      const violation = first(spendingViolations(resolved, spendOf(resolved, block, parent, under), ask))
      if (violation !== undefined) return { ok: false, violation }
      return { ok: true, coins: applyBlock(under, block, height(parent.height + 1)) }
    },
  }
}
