import { partition } from './partition.ts'

/** One node alone. */
export const isolate = partition('isolate', ({ stage, names: [alone, ...others] }) =>
  stage.perform({ do: 'partition', groups: [[alone!], others] }),
)
