import { z } from 'zod'
import { name } from '../format/primitives.ts'
import { at, mentionsNode, stepKind } from './step-kind.ts'

export const crash = stepKind({
  schema: z.strictObject({
    ...at,
    do: z.literal('crash'),
    node: name,
    /** In the midst of the n-th write to disk (from 0) after this moment; absent: at once. */
    atWrite: z.number().int().min(0).optional(),
    /** How much of what was not yet synced survives, in 256ths; the rest is lost, the last piece torn. */
    survives: z.number().int().min(0).max(256).default(0),
  }),
  mentions: mentionsNode,
  needs: ({ atWrite }) => (atWrite === undefined ? ['restart'] : ['restart', 'diskFaults']),
  perform: (world, { node, survives, atWrite }) => world.crash(node, survives, atWrite),
  text: ({ node, atWrite, survives }) =>
    `crash ${node}${atWrite === undefined ? '' : ` at write ${atWrite}`}, ${survives}/256 survives`,
})

/** The node shuts down in order, at once when it has done what it is at: nothing is lost. */
export const stop = stepKind({
  schema: z.strictObject({ ...at, do: z.literal('stop'), node: name }),
  mentions: mentionsNode,
  needs: () => ['restart'],
  perform: (world, { node }) => world.stop(node),
  text: ({ node }) => `stop ${node}`,
})

/** The machine stops at once, and its disk is emptied. */
export const wipe = stepKind({
  schema: z.strictObject({ ...at, do: z.literal('wipe'), node: name }),
  mentions: mentionsNode,
  needs: () => ['restart'],
  perform: (world, { node }) => world.wipe(node),
  text: ({ node }) => `wipe ${node}`,
})

export const restart = stepKind({
  schema: z.strictObject({ ...at, do: z.literal('restart'), node: name }),
  mentions: mentionsNode,
  needs: () => ['restart'],
  perform(world, { node }) {
    world.restart(node)
    world.changed(node, 'restart', '')
  },
  text: ({ node }) => `restart ${node}`,
})

export const pause = stepKind({
  schema: z.strictObject({ ...at, do: z.literal('pause'), node: name }),
  mentions: mentionsNode,
  needs: () => ['manyNodes'],
  perform(world, { node }) {
    world.pause(node)
    world.changed(node, 'pause', '')
  },
  text: ({ node }) => `pause ${node}`,
})

export const resume = stepKind({
  schema: z.strictObject({ ...at, do: z.literal('resume'), node: name }),
  mentions: mentionsNode,
  needs: () => ['manyNodes'],
  perform(world, { node }) {
    world.resume(node)
    world.changed(node, 'resume', '')
  },
  text: ({ node }) => `resume ${node}`,
})
