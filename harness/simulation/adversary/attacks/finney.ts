import fc from 'fast-check'
import { actKind, choice, node, waitMs } from '../../act.ts'
import { spendWhole } from '../branches.ts'
import type { Director } from '../director.ts'
import { pickCoin } from '../spending.ts'

/** Finney's attack: a block with one payment is kept secret, the other is shown to the merchant, then the block. */
export const finney = actKind({
  name: 'finney',
  weight: 4,
  choices: () => fc.record({ node, coin: choice, waitMs }),
  play(director: Director, { node, coin, waitMs }) {
    const merchant = director.host(node)
    const chosen = pickCoin(director, merchant, coin)
    if (chosen === undefined) return
    const toSelf = spendWhole(director, chosen, coin)
    const toMerchant = spendWhole(director, chosen, coin + 1)
    const secret = director.addBlock({ extends: director.tipOf(merchant).name, transactions: [toSelf] })
    director.send([toMerchant], [merchant])
    director.later(waitMs, () => director.send([secret.name], [merchant]))
    director.mark('finney')
  },
})
