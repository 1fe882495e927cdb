import { outage } from './outage.ts'

/** A machine loses its whole disk, and is started again. */
export const wipe = outage(
  'wipe',
  ({ name }) => [{ do: 'wipe', node: name }],
  ({ name }) => [{ do: 'restart', node: name }],
)
