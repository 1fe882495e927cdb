import type { BranchCoin } from '../../generators/index.ts'
import type { BlockSource, CompiledBlock } from '../../scenario/index.ts'
import type { ActOf } from './act.ts'
import type { Director } from './director.ts'

/** How far apart blocks are in time: fast branches become harder, slow ones easier, on a chain that retargets. */
const PACES = [undefined, 'parent+600', 'mtp+1', 'parent+1', 'parent+150', 'parent+2400'] as const

/** Mines on a node's tip, with what lies in its mempool, and hands the blocks to it. */
export function mine(director: Director, { node, count, pace }: ActOf<'mine'>): void {
  const host = director.host(node)
  if (!host.running) return
  let parent = director.tipOf(host)
  let transactions = director.mempoolOf(host)
  for (let index = 0; index < count; index++) {
    parent = director.addBlock(timed(director, parent, pace, { extends: parent.name, transactions }))
    transactions = []
    director.send([parent.name], [host])
  }
}

/** Grows a branch from below a node's tip, perhaps spending there what was spent otherwise, and hands it over. */
export function fork(director: Director, act: ActOf<'fork'>): void {
  const host = director.host(act.node)
  if (!host.running) return
  const tip = director.tipOf(host)
  const base = director.ancestor(tip, act.depth)
  const spends = branchTransactions(director, base, tip, act.spending)
  const branch: CompiledBlock[] = []
  for (let parent = base; branch.length < act.length && !director.isTooHard(parent); ) {
    // Only on top of a mature branch: what it spends is then the attacker's own business.
    const transactions = branch.length === act.spending % 3 ? spends : []
    parent = director.addBlock(timed(director, parent, act.pace, { extends: parent.name, transactions }))
    branch.push(parent)
  }
  const names = branch.map((block) => block.name)
  director.send(act.backwards ? names.reverse() : names, [host])
  if (act.backwards) director.send(names.reverse(), [host])
}

/** What a rival branch spends: nothing, the same transactions as the other branch, or its coins in another way. */
function branchTransactions(
  director: Director,
  base: CompiledBlock,
  tip: CompiledBlock,
  spending: number,
): string[] {
  const way = spending % 4
  if (way === 0) return []
  if (way === 1) return transactionsBetween(director, base, tip).slice(0, 3)
  const kept = new Set(director.coinsAt(tip).map((coin) => coin.reference))
  const contested = director.matureCoinsAt(base).filter((coin) => !kept.has(coin.reference))
  const coin = contested[spending % Math.max(1, contested.length)]
  return coin === undefined ? [] : [spendAnew(director, coin, spending)]
}

function transactionsBetween(director: Director, base: CompiledBlock, tip: CompiledBlock): string[] {
  const names: string[] = []
  for (let block = tip; block.hash !== base.hash && block.parent !== undefined; ) {
    names.unshift(...block.transactions.map((transaction) => transaction.name))
    block = director.world.items.block(block.parent)
  }
  return names
}

/** A new transaction that spends this coin whole; the same choice twice gives a different one each time. */
export function spendAnew(director: Director, coin: BranchCoin, choice: number): string {
  const fee = Number(coin.value > 20_000n ? BigInt(1_000 + (choice % 9_000)) : 0n)
  const value = Number(coin.value) - fee
  return director.addTransaction({
    inputs: [{ spends: coin.reference }],
    outputs: [{ to: 'anyone', value }],
  }).name
}

/** Gives a block its time by the pace chosen, unless mining would become too hard. */
function timed(director: Director, parent: CompiledBlock, pace: number, block: BlockSource): BlockSource {
  const time = director.isHard(parent) ? undefined : PACES[pace % PACES.length]
  return time === undefined ? block : { ...block, time }
}
