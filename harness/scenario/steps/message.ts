import { z } from 'zod'
import { hex, name } from '../format/primitives.ts'
import { at, mentionAll, stepKind } from './step-kind.ts'

/** Raw bytes from a scripted peer, framing included. */
export const message = stepKind({
  schema: z.strictObject({ ...at, do: z.literal('message'), to: z.array(name).min(1), bytes: hex }),
  mentions: ({ to }) => mentionAll('node', to, 'to'),
  needs: () => ['manyNodes'],
  perform(world, { to, bytes }) {
    for (const node of to) world.say(node, Buffer.from(bytes, 'hex'))
  },
  text: ({ to, bytes }) => `say ${bytes} to ${to.join(' ')}`,
})
