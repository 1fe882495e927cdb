import { z } from 'zod'
import type { Capability } from '../../ports/index.ts'
import { name } from '../format/primitives.ts'
import { at, mentionAll, stepKind } from './step-kind.ts'

export const send = stepKind({
  schema: z.strictObject({
    ...at,
    do: z.literal('send'),
    /** `a1..a12` means twelve items. */
    items: z.array(name).min(1),
    /** May be left out where there is one node. */
    to: z.array(name).min(1).optional(),
    /** `header`: a block's first 80 bytes only. `announce`: by inventory only; the body is withheld. */
    as: z.enum(['whole', 'header', 'announce']).default('whole'),
    /** `peer`: as a message from a scripted peer. `submit`: by the node's own operator. */
    via: z.enum(['peer', 'submit']).default('submit'),
  }),
  mentions: ({ to, as, items }) => [
    ...mentionAll('node', to, 'to'),
    ...mentionAll(as === 'header' ? 'block' : 'item', items, 'items'),
  ],
  needs: ({ items, as }, isTransaction) =>
    items.flatMap((item): Capability[] => {
      if (isTransaction(item)) return ['mempool']
      if (as === 'header') return []
      return as === 'announce' ? ['manyNodes'] : ['blocks']
    }),
  perform: (world, { items, to, as, via }) => world.send(items, to, as, via),
  text({ items, to, as, via }) {
    const receivers = to === undefined ? '' : ` to ${to.join(' ')}`
    const manner = as === 'whole' ? '' : ` as ${as}`
    return `send ${items.join(' ')}${receivers}${manner}${via === 'peer' ? ' by peer' : ''}`
  },
})
