import fc from 'fast-check'
import { actKind, node } from '../../act.ts'
import type { Director } from '../director.ts'

/** An operator invalidates a block of the active chain, and reconsiders it later. */
export const operatorOverride = actKind({
  name: 'operator-override',
  weight: 2,
  choices: () => fc.record({ node, depth: fc.nat(4), lastsMs: fc.nat(10_000) }),
  play(director: Director, { node, depth, lastsMs }) {
    const host = director.host(node)
    if (!host.running) return
    const block = director.ancestor(director.tipOf(host), depth)
    if (block.parent === undefined) return
    director.perform({ do: 'invalidate', node: host.name, block: block.name })
    director.later(lastsMs, () => director.perform({ do: 'reconsider', node: host.name, block: block.name }))
    director.mark('operator-override')
  },
})
