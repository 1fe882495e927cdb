import { partition } from './partition.ts'

/** Every node alone. */
export const allApart = partition('all-apart', ({ stage, names }) =>
  stage.perform({ do: 'partition', groups: names.map((name) => [name]) }),
)
