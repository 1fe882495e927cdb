import fc from 'fast-check'
import { actKind, choice, node, waitMs } from '../../act.ts'
import type { Director } from '../director.ts'
import { namesOf, preparePair } from '../spending.ts'

/** With most of the work the attacker waits until the payment is buried deep, and brings a longer branch. */
export const majority = actKind({
  name: 'majority',
  weight: 4,
  choices: () =>
    fc.record({ node, other: node, coin: choice, depth: fc.integer({ min: 1, max: 4 }), waitMs }),
  play(director: Director, { node, other, coin, depth, waitMs }) {
    const pair = preparePair(director, node, coin)
    if (pair === undefined) return
    const { payee, toPayee, toSelf, tip } = pair
    director.send(namesOf(director.grow(tip, depth, [toPayee])), [payee])
    const secret = director.grow(tip, depth + 1, [toSelf])
    director.later(waitMs, () => director.send(namesOf(secret), [director.host(other)]))
    director.mark('majority')
  },
})
