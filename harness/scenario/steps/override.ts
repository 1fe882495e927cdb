import { z } from 'zod'
import { name } from '../format/primitives.ts'
import { at, mention, stepKind } from './step-kind.ts'

const about = { node: name.optional(), block: name }
const mentions = ({ node, block }: { node?: string | undefined; block: string }) => [
  ...mention('node', node, 'node'),
  ...mention('block', block, 'block'),
]
const where = (node: string | undefined) => (node === undefined ? '' : ` on ${node}`)

/** The operator takes a block for invalid. */
export const invalidate = stepKind({
  schema: z.strictObject({ ...at, do: z.literal('invalidate'), ...about }),
  mentions,
  needs: () => ['invalidate'],
  perform: (world, { node, block }) => world.override('invalidate', block, node),
  text: ({ node, block }) => `invalidate ${block}${where(node)}`,
})

/** … and no longer does. */
export const reconsider = stepKind({
  schema: z.strictObject({ ...at, do: z.literal('reconsider'), ...about }),
  mentions,
  needs: () => ['invalidate'],
  perform: (world, { node, block }) => world.override('reconsider', block, node),
  text: ({ node, block }) => `reconsider ${block}${where(node)}`,
})
