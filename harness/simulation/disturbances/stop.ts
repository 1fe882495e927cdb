import { outage } from './outage.ts'

/** A node is shut down in order, and is started again. */
export const stop = outage(
  'stop',
  ({ name }) => [{ do: 'stop', node: name }],
  ({ name }) => [{ do: 'restart', node: name }],
)
