import { outage } from './outage.ts'

/** A disk has no room for a while; the node may stop over it, and is started again. */
export const diskFull = outage(
  'disk-full',
  ({ name }) => [{ do: 'disk', node: name, fault: 'full', argument: 0 }],
  ({ name }) => [
    { do: 'disk', node: name, fault: 'ok', argument: 0 },
    { do: 'restart', node: name },
  ],
)
