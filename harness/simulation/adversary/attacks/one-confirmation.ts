import fc from 'fast-check'
import { actKind, choice, node, waitMs } from '../../act.ts'
import type { Director } from '../director.ts'
import { namesOf, preparePair } from '../spending.ts'

/**
 * The attack on one confirmation: a block with the payment is shown to the payee alone, while the others hear of the
 * other spend and of a branch with more work.
 */
export const oneConfirmation = actKind({
  name: 'one-confirmation',
  weight: 4,
  choices: () => fc.record({ node, other: node, coin: choice, waitMs }),
  play(director: Director, { node, other, coin, waitMs }) {
    const pair = preparePair(director, node, coin)
    if (pair === undefined) return
    const { payee, toPayee, toSelf, tip } = pair
    const confirmation = director.grow(tip, 1, [toPayee])
    director.send([toSelf], [director.host(other)])
    director.send(namesOf(confirmation), [payee], { via: 'peer' })
    const branch = director.grow(tip, 2, [toSelf])
    director.later(waitMs, () => director.send(namesOf(branch), [director.host(other)]))
    director.mark('one-confirmation')
  },
})
