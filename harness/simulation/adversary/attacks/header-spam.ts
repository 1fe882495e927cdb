import fc from 'fast-check'
import { actKind, node } from '../../act.ts'
import type { Director } from '../director.ts'
import { namesOf } from '../spending.ts'

/** A peer announces many headers far below the tip, and never sends their blocks. */
export const headerSpam = actKind({
  name: 'header-spam',
  weight: 2,
  choices: () => fc.record({ node, depth: fc.nat(8), count: fc.integer({ min: 5, max: 30 }) }),
  play(director: Director, { node, depth, count }) {
    const host = director.host(node)
    if (!host.running) return
    const base = director.ancestor(director.tipOf(host), depth)
    if (director.isHard(base)) return
    director.send(namesOf(director.grow(base, count)), [host], { as: 'header', via: 'peer' })
    director.mark('header-spam')
  },
})
