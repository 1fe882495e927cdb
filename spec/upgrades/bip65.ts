import { concatBytes } from '@noble/hashes/utils.js'
import { toHex } from '../encoding/index.ts'
import { versionAtLeast4 } from '../rules/index.ts'
import { encodeNumber, encodePush } from '../script/index.ts'
import { drawFrom } from './draw.ts'
import type { RejectedSpend } from './example.ts'
import type { Upgrade } from './upgrade.ts'

/** Lock times from here on are Unix times, below it heights. */
const FIRST_TIME = 500_000_000
const FINAL_SEQUENCE = 0xffffffff

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
    generator: (draw) => {
      const isTime = draw(2) === 1
      const asked = (isTime ? FIRST_TIME : 1) + draw(1_000_000)
      const lockTime = asked + draw(1_000_000)
      const script = asking(asked)
      return {
        accepts: { script, lockTime },
        rejects: drawFrom<RejectedSpend>(draw, [
          () => ({ script, lockTime: asked - 1, error: 'UNSATISFIED_LOCKTIME' }),
          () => ({ script, lockTime, sequence: FINAL_SEQUENCE, error: 'UNSATISFIED_LOCKTIME' }),
          () => ({ script, lockTime: isTime ? FIRST_TIME - 1 : FIRST_TIME, error: 'UNSATISFIED_LOCKTIME' }),
          () => ({ script: asking(-asked), lockTime, error: 'NEGATIVE_LOCKTIME' }),
        ]),
      }
    },
  },
}

/** A number, which stays, and OP_CHECKLOCKTIMEVERIFY. */
function asking(lockTime: number): string {
  return toHex(concatBytes(encodePush(encodeNumber(lockTime)), Uint8Array.of(0xb1)))
}
