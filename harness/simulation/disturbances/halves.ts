import { partition } from './partition.ts'

/** Two groups of about the same size. */
export const halves = partition('halves', ({ stage, names }) => {
  const middle = Math.ceil(names.length / 2)
  stage.perform({ do: 'partition', groups: [names.slice(0, middle), names.slice(middle)] })
})
