import { versionAtLeast3 } from '../rules/index.ts'
import type { Upgrade } from './upgrade.ts'

/** KEY OP_CHECKSIG OP_NOT: what is not a signature by this key may spend. */
const NO_SIGNATURE_OF_KEY = '210279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798ac91'

export const bip66: Upgrade = {
  id: 'bip66',
  text: 'Signatures are strictly DER, and versions start at 3.',
  sources: ['BIP66'],
  deployment: 'bip66',
  rules: [versionAtLeast3],
  features: ['DERSIG'],
  examples: {
    accepts: [{ script: NO_SIGNATURE_OF_KEY, scriptSig: '00' }],
    rejects: [{ script: NO_SIGNATURE_OF_KEY, scriptSig: '0101', error: 'SIG_DER' }],
  },
}
