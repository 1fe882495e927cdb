import type { BranchCoin } from '../../generators/index.ts'
import type { LockSource } from '../../scenario/index.ts'
import type { Host } from '../simulator/host.ts'
import type { ActOf } from './act.ts'
import type { Director } from './director.ts'
import { spendAnew } from './forks.ts'

/** Locks to pay to; mostly ones that need no signature, so that many worlds can be played. */
const LOCKS: readonly LockSource[] = [
  'anyone',
  'anyone',
  'anyone',
  { script: 'OP_TRUE', wrap: 'p2sh' },
  { script: 'OP_TRUE', wrap: 'p2wsh' },
  'mallory',
  { key: 'mallory', type: 'p2wpkh' },
  { key: 'mallory', type: 'p2tr' },
]

/** Spends one coin to one or more new ones, loosely, at one node. */
export function pay(director: Director, { node, coin, ways, lock }: ActOf<'pay'>): void {
  const host = director.host(node)
  const chosen = pickCoin(director, host, coin)
  if (chosen === undefined) return
  const share = Math.floor((Number(chosen.value) - 10_000) / ways)
  if (share <= 0) return
  const { name } = director.addTransaction({
    inputs: [{ spends: chosen.reference }],
    outputs: Array.from({ length: ways }, (_, index) => ({
      to: LOCKS[(lock + index) % LOCKS.length]!,
      value: share,
    })),
  })
  director.send([name], [host])
}

/** The race: two payments of one coin, one to each of two nodes at the same moment. */
export function race(director: Director, { node, other, coin }: ActOf<'race'>): void {
  const host = director.host(node)
  const chosen = pickCoin(director, host, coin)
  if (chosen === undefined) return
  const first = spendAnew(director, chosen, coin)
  const second = spendAnew(director, chosen, coin + 1)
  director.send([first], [host])
  director.send([second], [director.host(other)])
  director.world.mark('race')
}

/** Finney's attack: a block with one payment is kept secret, the other is shown to the merchant, then the block. */
export function finney(director: Director, { node, coin, waitMs }: ActOf<'finney'>): void {
  const merchant = director.host(node)
  const chosen = pickCoin(director, merchant, coin)
  if (chosen === undefined) return
  const toSelf = spendAnew(director, chosen, coin)
  const toMerchant = spendAnew(director, chosen, coin + 1)
  const secret = director.addBlock({ extends: director.tipOf(merchant).name, transactions: [toSelf] })
  director.send([toMerchant], [merchant])
  director.later(waitMs, () => director.send([secret.name], [merchant]))
  director.world.mark('finney')
}

/** A coin that the host's next block may spend; undefined where it is down or has none. */
export function pickCoin(director: Director, host: Host, choice: number): BranchCoin | undefined {
  if (!host.running) return undefined
  const coins = director.matureCoinsAt(director.tipOf(host))
  return coins[choice % Math.max(1, coins.length)]
}
