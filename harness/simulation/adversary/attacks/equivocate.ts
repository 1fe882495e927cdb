import fc from 'fast-check'
import { actKind, choice, node } from '../../act.ts'
import type { Director } from '../director.ts'
import { namesOf, preparePair } from '../spending.ts'

/** One miner, two blocks for one place, each with another spend of the same coin: neither was first everywhere. */
export const equivocate = actKind({
  name: 'equivocate',
  weight: 4,
  choices: () => fc.record({ node, other: node, coin: choice }),
  play(director: Director, { node, other, coin }) {
    const pair = preparePair(director, node, coin)
    if (pair === undefined) return
    const { payee, toPayee, toSelf, tip } = pair
    director.send(namesOf(director.grow(tip, 1, [toPayee])), [payee])
    director.send(namesOf(director.grow(tip, 1, [toSelf])), [director.host(other)])
    director.mark('equivocate')
  },
})
