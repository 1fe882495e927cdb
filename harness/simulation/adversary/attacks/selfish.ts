import fc from 'fast-check'
import { actKind, node, waitMs } from '../../act.ts'
import type { Director } from '../director.ts'
import { namesOf } from '../spending.ts'

/**
 * Selfish mining: a lead is kept secret, and shown when the honest miners have found a block, longer than theirs.
 * [Eyal and Sirer 2014]
 */
export const selfish = actKind({
  name: 'selfish',
  weight: 4,
  choices: () => fc.record({ node, lead: fc.integer({ min: 1, max: 3 }), waitMs }),
  play(director: Director, { node, lead, waitMs }) {
    const host = director.host(node)
    if (!host.running) return
    const tip = director.tipOf(host)
    const secret = director.grow(tip, lead)
    director.send(namesOf(director.grow(tip, 1)), [host])
    director.later(waitMs, () => {
      const goal = director.tipOf(host).chainWork
      while (secret.at(-1)!.chainWork <= goal && !director.isTooHard(secret.at(-1)!))
        secret.push(...director.grow(secret.at(-1)!, 1))
      director.send(namesOf(secret), [host])
      director.mark('selfish')
    })
  },
})
