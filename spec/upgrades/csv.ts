import { finalByBlockTime, finalByMedianTime, relativeLock } from '../rules/index.ts'
import type { Upgrade } from './upgrade.ts'

export const csv: Upgrade = {
  id: 'csv',
  text: 'Sequences are relative lock times (BIP68), scripts may ask for one (BIP112), and lock times are measured by the median time past (BIP113).',
  sources: ['BIP68', 'BIP112', 'BIP113'],
  deployment: 'csv',
  rules: [finalByMedianTime, relativeLock],
  features: ['CHECKSEQUENCEVERIFY'],
  examples: {
    accepts: [{ script: '51b2', sequence: 1 }],
    rejects: [{ script: '51b2', sequence: 0, error: 'UNSATISFIED_LOCKTIME' }],
  },
  supersedes: [finalByBlockTime.id],
}
