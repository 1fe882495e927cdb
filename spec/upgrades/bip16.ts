import { ripemd160 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from '../encoding/index.ts'
import { encodePush } from '../script/index.ts'
import type { SpendExample } from './example.ts'
import { drawScript } from './example.ts'
import type { Upgrade } from './upgrade.ts'

export const bip16: Upgrade = {
  id: 'bip16',
  text: 'An output may pay to the hash of a script, which the spender reveals.',
  sources: ['BIP16'],
  deployment: 'bip16',
  features: ['P2SH'],
  fromGenesis: ['P2SH'],
  examples: {
    accepts: [{ script: 'a914da1745e9b549bd0bfa1a569971c77eba30cd5a4b87', scriptSig: '0151' }],
    rejects: [
      {
        script: 'a9149f7fd096d37ed2c0e3f7f0cfc924beef4ffceb6887',
        scriptSig: '0100',
        error: 'EVAL_FALSE',
      },
    ],
    generator: (draw) => ({
      accepts: payToScriptHash(drawScript(draw)),
      rejects: { ...payToScriptHash(drawScript(draw, false)), error: 'EVAL_FALSE' },
    }),
  },
}

function payToScriptHash(script: Uint8Array): SpendExample {
  return {
    script: `a914${toHex(ripemd160(sha256(script)))}87`,
    scriptSig: toHex(encodePush(script)),
  }
}
