import type { BranchCoin } from '../branch-book.ts'
import { pick } from '../choices.ts'
import { easyCoins } from '../coins.ts'
import type { Fault, Ground } from './fault.ts'

/** Chains on which a handful of coins is all the money there is. */
const COINS_MAX = 8

/** What is worth all the money there is, or one sat more or less. */
export const MONEY_FAULTS: readonly Fault[] = [
  /** One transaction spends it, and pays it out or leaves all or most of it to the miner. */
  function spendsAllThereIs(ground) {
    const { draft, honest, choice } = ground
    const hoard = gather(ground)
    if (hoard === undefined) return undefined
    const value = pick([0, 5, Number(hoard.total)], Math.floor(choice / 5))
    const spender = draft.addTransaction({
      inputs: [...hoard.coins, hoard.part].map((spends) => ({ spends })),
      outputs: [{ to: 'anyone', value }],
    })
    const transactions = [hoard.splitter, spender.name]
    return { faulty: { ...honest, transactions, coinbase: { ...honest.coinbase, value: 0 } } }
  },
  /** Two transactions leave it to the miner together. */
  function leavesAllThereIs(ground) {
    const { draft, honest } = ground
    const hoard = gather(ground)
    if (hoard === undefined || hoard.coins.length === 0) return undefined
    const spenders = [hoard.coins, [hoard.part]].map((coins) =>
      draft.addTransaction({
        inputs: coins.map((spends) => ({ spends })),
        outputs: [{ to: 'anyone', value: 0 }],
      }),
    )
    const transactions = [hoard.splitter, ...spenders.map(({ name }) => name)]
    return { faulty: { ...honest, transactions, coinbase: { ...honest.coinbase, value: 0 } } }
  },
]

interface Hoard {
  /** Spendable as they are. */
  readonly coins: readonly string[]
  /** Makes `part`, which has what the coins lack. */
  readonly splitter: string
  readonly part: string
  /** All the money there is, or one sat more or less. */
  readonly total: bigint
}

/** Coins worth all the money there is; undefined where so much is not to be had. */
function gather({ draft, parent, choice }: Ground): Hoard | undefined {
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
