import type { BranchCoin, Draft } from '../../generators/index.ts'
import type { BlockSource, CompiledBlock } from '../../scenario/index.ts'

/** How far apart blocks are in time: fast branches become harder, slow ones easier, on a chain that retargets. */
const PACES = [undefined, 'parent+600', 'mtp+1', 'parent+1', 'parent+150', 'parent+2400'] as const

/** What a rival branch is like. `pace`, `spending`: choices. */
export interface RivalShape {
  /** Blocks below the tip at which it begins. */
  readonly depth: number
  readonly length: number
  readonly pace: number
  readonly spending: number
}

/** Grows a branch from below this tip, perhaps spending there what was spent otherwise; nobody has it yet. */
export function growRival(draft: Draft, tip: CompiledBlock, shape: RivalShape): CompiledBlock[] {
  const base = draft.ancestor(tip, shape.depth)
  const spends = branchTransactions(draft, base, tip, shape.spending)
  const branch: CompiledBlock[] = []
  for (let parent = base; branch.length < shape.length && !draft.isTooHard(parent); ) {
    // Only on top of a mature branch: what it spends is then the attacker's own business.
    const transactions = branch.length === shape.spending % 3 ? spends : []
    parent = draft.addBlock(timed(draft, parent, shape.pace, { extends: parent.name, transactions }))
    branch.push(parent)
  }
  return branch
}

/** A new transaction that spends this coin whole; the same choice twice gives a different one each time. */
export function spendWhole(draft: Draft, coin: BranchCoin, choice: number): string {
  const fee = Number(coin.value > 20_000n ? BigInt(1_000 + (choice % 9_000)) : 0n)
  const value = Number(coin.value) - fee
  return draft.addTransaction({
    inputs: [{ spends: coin.reference }],
    outputs: [{ to: 'anyone', value }],
  }).name
}

/** Gives a block its time by the pace chosen, unless mining would become too hard. */
export function timed(draft: Draft, parent: CompiledBlock, pace: number, block: BlockSource): BlockSource {
  const time = draft.isHard(parent) ? undefined : PACES[pace % PACES.length]
  return time === undefined ? block : { ...block, time }
}

/** What a rival branch spends: nothing, the same transactions as the other branch, or its coins in another way. */
function branchTransactions(
  draft: Draft,
  base: CompiledBlock,
  tip: CompiledBlock,
  spending: number,
): string[] {
  const way = spending % 4
  if (way === 0) return []
  if (way === 1) return transactionsBetween(draft, base, tip).slice(0, 3)
  const kept = new Set(draft.coinsAt(tip).map((coin) => coin.reference))
  const contested = draft.matureCoinsAt(base).filter((coin) => !kept.has(coin.reference))
  const coin = contested[spending % Math.max(1, contested.length)]
  return coin === undefined ? [] : [spendWhole(draft, coin, spending)]
}

function transactionsBetween(draft: Draft, base: CompiledBlock, tip: CompiledBlock): string[] {
  const names: string[] = []
  for (let block = tip; block.hash !== base.hash && block.parent !== undefined; ) {
    names.unshift(...block.transactions.map((transaction) => transaction.name))
    block = draft.items.block(block.parent)
  }
  return names
}
