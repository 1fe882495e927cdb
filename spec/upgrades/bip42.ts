import { subsidyEnds } from '../rules/index.ts'
import type { Upgrade } from './upgrade.ts'

export const bip42: Upgrade = {
  id: 'bip42',
  text: 'The subsidy ends after the 64th halving instead of beginning anew.',
  sources: ['BIP42'],
  deployment: { kind: 'always' },
  rules: [subsidyEnds],
}
