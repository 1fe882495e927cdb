import { concatBytes } from '@noble/hashes/utils.js'
import { toHex } from '../encoding/index.ts'
import { finalByBlockTime, finalByMedianTime, relativeLock } from '../rules/index.ts'
import { encodeNumber, encodePush } from '../script/index.ts'
import { drawFrom } from './draw.ts'
import type { RejectedSpend } from './example.ts'
import type { Upgrade } from './upgrade.ts'

/** Set in a sequence that counts units of 512 seconds. */
const IN_TIME = 2 ** 22
/** Set in a sequence that is not a relative lock. */
const DISABLED = 2 ** 31
const LONGEST = 0xffff

export const csv: Upgrade = {
  id: 'csv',
  text: 'Sequences are relative lock times (BIP68), scripts may ask for one (BIP112), and lock times are measured by the median time past (BIP113).',
  sources: ['BIP68', 'BIP112', 'BIP113'],
  deployment: 'csv',
  rules: [finalByMedianTime, relativeLock],
  features: ['CHECKSEQUENCEVERIFY'],
  examples: {
    accepts: [{ script: '51b2', sequence: 1 }],
    rejects: [{ script: '51b2', sequence: 0, error: 'UNSATISFIED_LOCKTIME' }],
    generator: (draw) => {
      const [unit, otherUnit] = draw(2) === 1 ? [IN_TIME, 0] : [0, IN_TIME]
      const asked = 1 + draw(LONGEST)
      const sequence = asked + draw(LONGEST - asked + 1)
      const script = asking(unit + asked)
      return {
        accepts: drawFrom(draw, [
          () => ({ script, sequence: unit + sequence }),
          () => ({ script: asking(DISABLED + unit + asked), sequence: draw(DISABLED) }),
        ]),
        rejects: drawFrom<RejectedSpend>(draw, [
          () => ({ script, sequence: unit + asked - 1, error: 'UNSATISFIED_LOCKTIME' }),
          () => ({ script, sequence: otherUnit + sequence, error: 'UNSATISFIED_LOCKTIME' }),
          () => ({ script, sequence: DISABLED + unit + sequence, error: 'UNSATISFIED_LOCKTIME' }),
          () => ({ script: asking(-asked), sequence: unit + sequence, error: 'NEGATIVE_LOCKTIME' }),
        ]),
      }
    },
  },
  supersedes: [finalByBlockTime.id],
}

/** A number, which stays, and OP_CHECKSEQUENCEVERIFY. */
function asking(lock: number): string {
  return toHex(concatBytes(encodePush(encodeNumber(lock)), Uint8Array.of(0xb2)))
}
