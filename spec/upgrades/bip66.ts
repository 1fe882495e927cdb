import { concatBytes } from '@noble/hashes/utils.js'
import { toHex } from '../encoding/index.ts'
import { versionAtLeast3 } from '../rules/index.ts'
import { encodePush } from '../script/index.ts'
import { type Draw, drawBytes, drawFrom } from './draw.ts'
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
    generator: (draw) => {
      const [r, s] = [drawPositive(draw), drawPositive(draw)]
      const broken = drawFrom(draw, [
        () => signature(Uint8Array.of(0, ...r), s),
        () => signature(r, Uint8Array.of(0, ...s)),
        () => signature(Uint8Array.of(r[0]! | 0x80, ...r.slice(1)), s),
        () => signature(r, s, drawBytes(draw, 1, 3)),
        () => drawBytes(draw, 1, 8),
      ])
      return {
        accepts: { script: NO_SIGNATURE_OF_KEY, scriptSig: push(signature(r, s)) },
        rejects: { script: NO_SIGNATURE_OF_KEY, scriptSig: push(broken), error: 'SIG_DER' },
      }
    },
  },
}

/** The bytes of a number above zero that need no zero in front. */
function drawPositive(draw: Draw): Uint8Array {
  return Uint8Array.of(1 + draw(0x7f), ...drawBytes(draw, 0, 31))
}

/** Two numbers as DER, any bytes after them, and the hash type ALL: a signature of no key. */
function signature(r: Uint8Array, s: Uint8Array, after: Uint8Array = new Uint8Array()): Uint8Array {
  const numbers = Uint8Array.of(2, r.length, ...r, 2, s.length, ...s)
  return concatBytes(Uint8Array.of(0x30, numbers.length), numbers, after, Uint8Array.of(1))
}

function push(data: Uint8Array): string {
  return toHex(encodePush(data))
}
