import { disturbance } from './disturbance.ts'

/** A message never arrives. */
export const loss = disturbance({
  name: 'loss',
  message: {
    kind: 'drop',
    storm: () => () => 0,
    pass: () => ({ fate: 'dropped', bytes: undefined }),
  },
})
