import type { BranchCoin } from '../branch-book.ts'
import { pick } from '../choices.ts'
import { easyCoins } from '../coins.ts'
import type { Ground } from './rule-faults.ts'

/** Chains on which a handful of coins is all the money there is. */
const COINS_MAX = 8

/** Coins worth all the money there is, or one sat more or less. */
interface Hoard {
  /** Spendable as they are. */
  readonly coins: readonly string[]
  /** Makes `part`, which has what the coins lack. */
  readonly splitter: string
  readonly part: string
  /** All the money there is, or one sat more or less. */
  readonly total: bigint
}

/** Coins worth all the money there is; undefined where the branch has less. */
export function gatherHoard({ draft, parent, choice }: Ground): Hoard | undefined {
  const total = BigInt(draft.chain.limits.maxMoneySats) + BigInt(pick([0, 1, 0, 1, -1], choice))
  const coins: BranchCoin[] = []
  let worth = 0n
  for (const coin of easyCoins(draft, parent)
    .sort((a, b) => Number(b.value - a.value))
    .slice(0, COINS_MAX)) {
    if (worth + coin.value >= total) {
      const splitter = draft.addTransaction({
        inputs: [{ spends: coin.reference }],
        outputs: [
          { to: 'anyone', value: Number(total - worth) },
          { to: 'anyone', value: 'rest' },
        ],
      })
      const references = coins.map(({ reference }) => reference)
      return { coins: references, splitter: splitter.name, part: `${splitter.name}:0`, total }
    }
    coins.push(coin)
    worth += coin.value
  }
  return undefined
}
