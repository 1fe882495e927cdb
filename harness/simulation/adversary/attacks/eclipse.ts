import fc from 'fast-check'
import { actKind, choice, node, waitMs } from '../../act.ts'
import type { Director } from '../director.ts'
import { namesOf, preparePair } from '../spending.ts'

/** The payee hears the attacker alone, who shows it the payment in blocks of its own. [Heilman et al. 2015] */
export const eclipse = actKind({
  name: 'eclipse',
  weight: 4,
  choices: () =>
    fc.record({ node, other: node, coin: choice, depth: fc.integer({ min: 1, max: 4 }), waitMs }),
  play(director: Director, { node, other, coin, depth, waitMs }) {
    const pair = preparePair(director, node, coin)
    const others = director.hosts.filter((host) => host !== pair?.payee)
    if (pair === undefined || others.length === 0) return
    const { payee, toPayee, toSelf, tip } = pair
    const honestNode = others[other % others.length]!
    director.perform({ do: 'partition', groups: [[payee.name], others.map((host) => host.name)] })
    director.send(namesOf(director.grow(tip, depth, [toPayee])), [payee], { via: 'peer' })
    director.send([toSelf], [honestNode])
    const honest = director.grow(tip, depth + 1, [toSelf])
    director.later(waitMs, () => director.send(namesOf(honest), [honestNode]))
    director.later(waitMs + 1_000, () => director.perform({ do: 'heal' }))
    director.mark('eclipse')
  },
})
