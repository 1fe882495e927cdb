import { z } from 'zod'
import { name } from '../format/primitives.ts'
import { at, mentionsNode, stepKind } from './step-kind.ts'

export const clock = stepKind({
  schema: z.strictObject({
    ...at,
    do: z.literal('clock'),
    node: name,
    /** Ahead of true time, at this moment. */
    offsetSeconds: z.number().int(),
    /** Gains so many millionths of the time that passes from now on; negative: loses. */
    driftPpm: z.number().int().min(-900_000).max(1_000_000).default(0),
  }),
  mentions: mentionsNode,
  needs: () => ['setTime'],
  perform(world, { node, offsetSeconds, driftPpm }) {
    world.setClock(node, offsetSeconds, driftPpm)
    world.changed(node, 'clock', `${offsetSeconds} s${driftPpm === 0 ? '' : `, ${driftPpm} ppm`}`)
    world.mark(driftPpm === 0 ? 'clock-step' : 'clock-drift')
  },
  text: ({ node, offsetSeconds, driftPpm }) =>
    `clock of ${node} ${signed(offsetSeconds)} s${driftPpm === 0 ? '' : `, ${signed(driftPpm)} ppm`}`,
})

const signed = (value: number) => `${value >= 0 ? '+' : ''}${value}`
