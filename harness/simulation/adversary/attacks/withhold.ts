import fc from 'fast-check'
import { actKind, choice, node, waitMs } from '../../act.ts'
import type { Director } from '../director.ts'
import { namesOf } from '../spending.ts'

/** Shows a node that there are blocks, by their headers or their names only, and hands them over later, or never. */
export const withhold = actKind({
  name: 'withhold',
  weight: 4,
  choices: () => fc.record({ node, length: fc.integer({ min: 1, max: 4 }), manner: choice, waitMs }),
  play(director: Director, { node, length, manner, waitMs }) {
    const host = director.host(node)
    if (!host.running) return
    const names = namesOf(director.grow(director.tipOf(host), length))
    const via = manner % 2 === 0 ? 'submit' : 'peer'
    director.send(names, [host], manner % 3 === 0 ? { as: 'announce', via: 'peer' } : { as: 'header', via })
    if (manner % 5 !== 0) director.later(waitMs, () => director.send(names, [host], { via }))
    director.mark(manner % 5 === 0 ? 'stall' : 'withhold')
  },
})
