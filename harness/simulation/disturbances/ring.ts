import { partition } from './partition.ts'

/** Each node hears its two neighbours only. */
export const ring = partition('ring', ({ stage, names }) =>
  stage.perform({
    do: 'partition',
    groups: names.map((name, index) => [name, names[(index + 1) % names.length]!]),
  }),
)
