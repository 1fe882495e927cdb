import type { Upgrade } from './upgrade.ts'

export const taproot: Upgrade = {
  id: 'taproot',
  text: 'An output may pay to a key that hides a tree of scripts (BIP341); those are tapscripts (BIP342), and their signatures are of Schnorr (BIP340).',
  sources: ['BIP340', 'BIP341', 'BIP342'],
  deployment: 'taproot',
  features: ['TAPROOT'],
  slots: ['witness-version-1', 'leaf-version-192'],
}
