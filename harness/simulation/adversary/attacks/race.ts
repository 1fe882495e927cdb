import fc from 'fast-check'
import { actKind, choice, node } from '../../act.ts'
import { spendWhole } from '../branches.ts'
import type { Director } from '../director.ts'
import { pickCoin } from '../spending.ts'

/** The race: two payments of one coin, one to each of two nodes at the same moment. */
export const race = actKind({
  name: 'race',
  weight: 4,
  choices: () => fc.record({ node, other: node, coin: choice }),
  play(director: Director, { node, other, coin }) {
    const host = director.host(node)
    const chosen = pickCoin(director, host, coin)
    if (chosen === undefined) return
    const first = spendWhole(director, chosen, coin)
    const second = spendWhole(director, chosen, coin + 1)
    director.send([first], [host])
    director.send([second], [director.host(other)])
    director.mark('race')
  },
})
