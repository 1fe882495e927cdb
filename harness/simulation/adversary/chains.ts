import type { ScenarioSource } from '../../scenario/index.ts'

/** Chains to attack: the smallest one, and variants of it on which soft forks begin in the midst of a run. */
export const CHAINS: readonly NonNullable<ScenarioSource['chain']>[] = [
  'tiny',
  'tiny',
  { base: 'tiny', deployments: { csv: { kind: 'height', height: 9 } } },
  { base: 'tiny', limits: { enforceBip94: true } },
  {
    base: 'tiny',
    deployments: {
      bip34: { kind: 'height', height: 6 },
      bip66: { kind: 'height', height: 7 },
      bip65: { kind: 'height', height: 8 },
      csv: { kind: 'height', height: 10 },
      segwit: { kind: 'height', height: 12 },
      taproot: { kind: 'height', height: 14 },
    },
  },
]
