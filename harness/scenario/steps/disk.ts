import { z } from 'zod'
import { name } from '../format/primitives.ts'
import { at, mentionsNode, stepKind } from './step-kind.ts'
import type { StepDisk } from './step-world.ts'

/** What may be wrong with a disk, by its word; `argument` as the step says it. */
const FAULTS = {
  full: (disk) => disk.fill(),
  slow: (disk, msPerWrite) => {
    disk.msPerWrite = msPerWrite
  },
  ok: (disk) => disk.mend(),
  flip: (disk, position) => disk.flip(position),
  misdirect: (disk, position) => disk.misdirectNext(position),
  rot: (disk, argument) => disk.rot(argument),
  unreadable: (disk, index) => disk.spoil(index),
} satisfies Record<string, (disk: StepDisk, argument: number) => void>

type DiskFault = keyof typeof FAULTS

const WITHOUT_ARGUMENT: readonly DiskFault[] = ['full', 'ok']

export const disk = stepKind({
  schema: z.strictObject({
    ...at,
    do: z.literal('disk'),
    node: name,
    /**
     * `full`: nothing can be added. `slow`: each write takes time. `ok`: neither any more. `flip`: one bit of a file
     * is inverted. `misdirect`: the next bytes appended land elsewhere, and zeros where they belong. `unreadable`: a
     * record of the ordered store fails its checksum from now on. `rot`: one bit of every fourth value in the
     * ordered store is inverted, and no error says so.
     */
    fault: z.enum(Object.keys(FAULTS) as [DiskFault, ...DiskFault[]]),
    /**
     * `flip`, `misdirect`: which byte of all files, modulo their size. `unreadable`: which record. `rot`: which of
     * them, and which bit. `slow`: ms a write.
     */
    argument: z.number().int().min(0).default(0),
  }),
  mentions: mentionsNode,
  needs: () => ['diskFaults'],
  perform(world, { node, fault, argument }) {
    FAULTS[fault](world.disk(node), argument)
    world.changed(node, 'disk', fault)
    world.mark(`disk-${fault}`)
  },
  text: ({ node, fault, argument }) =>
    `disk of ${node} ${fault}${WITHOUT_ARGUMENT.includes(fault) ? '' : ` ${argument}`}`,
})
