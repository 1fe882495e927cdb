import { z } from 'zod'
import type { Capability } from '../../ports/index.ts'
import { amount, lock, milliseconds, name } from '../format/primitives.ts'
import { at, mention, mentionAll, stepKind } from './step-kind.ts'

const outcome = z.enum([
  'connected',
  'stored',
  'accepted',
  'duplicate',
  'invalid-ancestor',
  'unknown',
  'rejected',
])
const balance = () => z.strictObject({ of: lock, is: amount })

/** A condition on the state of some nodes, asked now, or `within` a time, or `never` within it. */
export const expect = stepKind({
  schema: z.strictObject({
    ...at,
    do: z.literal('expect'),
    nodes: z.array(name).optional(),
    withinMs: milliseconds.optional(),
    never: z.boolean().default(false),
    verdict: z
      .strictObject({
        item: name,
        outcome: z.union([outcome, z.array(outcome).min(1)]),
        class: z.enum(['invalid', 'mutated', 'premature', 'missing']).optional(),
        reason: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
      })
      .optional(),
    /** One block, or several where a tie permits them. */
    tip: z.union([name, z.array(name).min(1)]).optional(),
    height: z.number().int().min(0).optional(),
    /** The coins are those that the reference engine has after this block and its ancestors alone. */
    digestOf: name.optional(),
    balance: z.union([balance(), z.array(balance())]).optional(),
    mempool: z.strictObject({ has: z.array(name).default([]), lacks: z.array(name).default([]) }).optional(),
    /** All these nodes have one tip. */
    agree: z.literal(true).optional(),
  }),
  mentions: ({ nodes, verdict, tip, digestOf, mempool }) => [
    ...mentionAll('node', nodes, 'nodes'),
    ...mention('item', verdict?.item, 'verdict.item'),
    ...[tip ?? []].flat().flatMap((block) => mention('block', block, 'tip')),
    ...mention('block', digestOf, 'digestOf'),
    ...mentionAll('transaction', mempool?.has, 'mempool.has'),
    ...mentionAll('transaction', mempool?.lacks, 'mempool.lacks'),
  ],
  needs({ digestOf, balance: owned, mempool, verdict }) {
    const needs: Capability[] = []
    if (digestOf !== undefined) needs.push('coinDigest')
    if (owned !== undefined) needs.push('balance')
    if (mempool !== undefined) needs.push('mempool')
    if (verdict?.class === 'premature') needs.push('setTime')
    return needs
  },
  text({ do: _do, at: _at, never, ...wanted }) {
    // What a compiled step has besides is no part of the story.
    const { index: _, ...asked } = wanted as typeof wanted & { index?: number }
    return `${never ? 'expect never' : 'expect'} ${JSON.stringify(asked)}`
  },
})
