import { z } from 'zod'
import { name } from '../format/primitives.ts'
import { at, mentionAll, stepKind } from './step-kind.ts'

/** Only nodes that share a group hear each other, until `heal`; a node in two groups is a bridge between them. */
export const partition = stepKind({
  schema: z.strictObject({ ...at, do: z.literal('partition'), groups: z.array(z.array(name)).min(1) }),
  mentions: ({ groups }) => groups.flatMap((group, index) => mentionAll('node', group, `groups.${index}`)),
  needs: () => ['manyNodes'],
  perform(world, { groups }) {
    world.partition(groups)
    world.mark('partition')
  },
  text: ({ groups }) => `partition ${groups.map((group) => group.join(' ')).join(' | ')}`,
})

/** All links up; from here on liveness may be asked for. */
export const heal = stepKind({
  schema: z.strictObject({ ...at, do: z.literal('heal') }),
  needs: () => ['manyNodes'],
  perform(world) {
    world.heal()
    world.mark('heal')
  },
  text: () => 'heal',
})
