import { coinbaseHeight, versionAtLeast2 } from '../rules/index.ts'
import type { Upgrade } from './upgrade.ts'

export const bip34: Upgrade = {
  id: 'bip34',
  text: "A coinbase begins with its block's height, and versions start at 2.",
  sources: ['BIP34'],
  deployment: 'bip34',
  rules: [versionAtLeast2, coinbaseHeight],
}
