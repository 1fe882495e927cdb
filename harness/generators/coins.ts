import type { CompiledBlock, CompiledTransaction } from '../scenario/index.ts'
import type { BranchCoin } from './branch-book.ts'
import type { Draft } from './draft.ts'
import { isEasy } from './locks.ts'

/** Coins of more than all the money there is are made by nothing that is valid. */
const MONEY_MAX = 2_100_000_000_000_000n

/** The coins that any signer can spend in a block on `parent`. */
export function easyCoins(draft: Draft, parent: CompiledBlock): BranchCoin[] {
  return draft.matureCoinsAt(parent).filter((coin) => isEasyCoin(draft, coin))
}

/** The outputs of an unconfirmed transaction that any signer can spend. */
export function easyCoinsOf(
  draft: Draft,
  { name, outputs }: CompiledTransaction,
  parent: CompiledBlock,
): BranchCoin[] {
  return outputs
    .map(({ value }, index) => ({
      reference: `${name}:${index}`,
      value,
      height: parent.height + 1,
      isCoinbase: false,
      medianTimeBefore: parent.medianTime,
    }))
    .filter((coin) => coin.value > 0n && isEasyCoin(draft, coin))
}

function isEasyCoin(draft: Draft, coin: BranchCoin): boolean {
  return coin.value <= MONEY_MAX && isEasy(draft.lockOf(coin))
}
