import type { Violation } from '../language/index.ts'
import { everyRule, violationsOf } from '../language/index.ts'
import { parentKnown } from '../rules/index.ts'
import { resolve } from '../upgrades/index.ts'
import type { Block } from '../vocabulary/index.ts'
import {
  blockViolations,
  contextFreeBlockViolations,
  contextFreeHeaderViolations,
  headerViolations,
  spendingViolations,
  spendOf,
} from './judge.ts'
import { extend, type ForkState, isSpecified } from './state.ts'

/**
 * Every rule that a block breaks, in checking order, as far as what a rule asks about is defined: without the parent
 * nothing can be said of heights and times, without the parent's coins nothing of what is spent, and where the chain has
 * rules that are not specified here nothing but of the header.
 */
export function* diagnoseBlock(state: ForkState, block: Block, now: number): Generator<Violation, void> {
  const { chain, upgrades, ask, headers, coins } = state
  const parent = headers.get(block.header.previous)
  const isSilent = parent !== undefined && !isSpecified(chain, parent)
  yield* isSilent
    ? contextFreeHeaderViolations(chain, block.header, ask)
    : contextFreeBlockViolations(chain, block, ask)
  yield* violationsOf([parentKnown], { header: block.header, parent }, chain.limits, everyRule, ask)
  if (parent === undefined) return
  const { hash } = extend(parent, block.header)
  const resolved = resolve({ chain, parent, hash }, upgrades)
  yield* headerViolations(resolved, block.header, parent, now, ask)
  if (isSilent) return
  yield* blockViolations(resolved, block, parent, ask)
  const under = coins.get(parent.hash)
  if (under !== undefined) yield* spendingViolations(resolved, spendOf(resolved, block, parent, under), ask)
}
