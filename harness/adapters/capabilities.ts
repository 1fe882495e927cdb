import type { Capability } from '../ports/index.ts'

/** What an engine can do that runs in this process and holds the whole state: the specification and the built-in node. */
export const IN_PROCESS_CAPABILITIES: readonly Capability[] = [
  'setTime',
  'mempool',
  'coinDigest',
  'balance',
  'invalidate',
  'reasons',
  'classes',
  'firstFault',
  'blocks',
  'scripts',
  'manyNodes',
  'customChains',
  'bip8',
]
