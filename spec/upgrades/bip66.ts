import { versionAtLeast3 } from '../rules/index.ts'
import type { Upgrade } from './upgrade.ts'

export const bip66: Upgrade = {
  id: 'bip66',
  text: 'Signatures are strictly DER, and versions start at 3.',
  sources: ['BIP66'],
  deployment: 'bip66',
  rules: [versionAtLeast3],
  features: ['DERSIG'],
}
