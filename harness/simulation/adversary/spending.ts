import type { BranchCoin } from '../../generators/index.ts'
import type { CompiledBlock } from '../../scenario/index.ts'
import type { Host } from '../simulator/host.ts'
import { spendWhole } from './branches.ts'
import type { Director } from './director.ts'

/** A coin that the host's next block may spend; undefined where it is down or has none. */
export function pickCoin(director: Director, host: Host, choice: number): BranchCoin | undefined {
  if (!host.running) return undefined
  const coins = director.matureCoinsAt(director.tipOf(host))
  return coins[choice % Math.max(1, coins.length)]
}

/** Two spends of one coin of the payee's branch. */
export interface SpendPair {
  readonly payee: Host
  readonly toPayee: string
  readonly toSelf: string
  /** Where the payee stands. */
  readonly tip: CompiledBlock
}

/** Makes two spends of one coin at this node: one pays the payee, one does not; undefined where it has no coin. */
export function preparePair(director: Director, node: number, coin: number): SpendPair | undefined {
  const payee = director.host(node)
  const chosen = pickCoin(director, payee, coin)
  if (chosen === undefined) return undefined
  const toPayee = spendWhole(director, chosen, coin)
  const toSelf = spendWhole(director, chosen, coin + 1)
  return { payee, toPayee, toSelf, tip: director.tipOf(payee) }
}

/** The names under which blocks are sent. */
export const namesOf = (blocks: readonly CompiledBlock[]): string[] => blocks.map((block) => block.name)
