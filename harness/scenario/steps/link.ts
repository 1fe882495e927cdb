import { z } from 'zod'
import { name } from '../format/primitives.ts'
import { at, mentionAll, stepKind } from './step-kind.ts'

export const link = stepKind({
  schema: z.strictObject({
    ...at,
    do: z.literal('link'),
    between: z.tuple([name, name]),
    /** `hold`: messages wait until the link is up; `down`: they are lost and the connection with them. */
    state: z.enum(['up', 'down', 'hold']),
    /** Only the direction from the first to the second. */
    oneWay: z.boolean().default(false),
  }),
  mentions: ({ between }) => mentionAll('node', between, 'between'),
  needs: () => ['manyNodes'],
  perform(world, { between: [first, second], state, oneWay }) {
    world.setLink(first, second, state, oneWay)
    if (state !== 'up') world.mark('link-down')
  },
  text: ({ between, state, oneWay }) => `link ${between.join(oneWay ? ' → ' : ' – ')} ${state}`,
})
