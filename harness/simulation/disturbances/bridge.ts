import { partition } from './partition.ts'

/** Two groups that share one node. */
export const bridge = partition('bridge', ({ stage, names: [shared, ...others] }) => {
  const middle = Math.ceil(others.length / 2)
  const sides = [others.slice(0, middle), others.slice(middle)]
  stage.perform({ do: 'partition', groups: sides.map((side) => [shared!, ...side]) })
})
