import type { Upgrade } from './upgrade.ts'

export const bip16: Upgrade = {
  id: 'bip16',
  text: 'An output may pay to the hash of a script, which the spender reveals.',
  sources: ['BIP16'],
  deployment: 'bip16',
  features: ['P2SH'],
}
