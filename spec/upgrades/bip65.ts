import { versionAtLeast4 } from '../rules/index.ts'
import type { Upgrade } from './upgrade.ts'

export const bip65: Upgrade = {
  id: 'bip65',
  text: 'A script may ask for a lock time (OP_CHECKLOCKTIMEVERIFY), and versions start at 4.',
  sources: ['BIP65'],
  deployment: 'bip65',
  rules: [versionAtLeast4],
  features: ['CHECKLOCKTIMEVERIFY'],
  examples: {
    accepts: [{ script: '51b1', lockTime: 1 }],
    rejects: [{ script: '51b1', lockTime: 0, error: 'UNSATISFIED_LOCKTIME' }],
  },
}
