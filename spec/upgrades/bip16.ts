import type { Upgrade } from './upgrade.ts'

export const bip16: Upgrade = {
  id: 'bip16',
  text: 'An output may pay to the hash of a script, which the spender reveals.',
  sources: ['BIP16'],
  deployment: 'bip16',
  features: ['P2SH'],
  examples: {
    accepts: [{ script: 'a914da1745e9b549bd0bfa1a569971c77eba30cd5a4b87', scriptSig: '0151' }],
    rejects: [
      {
        script: 'a9149f7fd096d37ed2c0e3f7f0cfc924beef4ffceb6887',
        scriptSig: '0100',
        error: 'EVAL_FALSE',
      },
    ],
  },
}
