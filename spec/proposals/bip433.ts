import { toHex } from '../encoding/index.ts'
import { isPayToAnchor } from '../script/index.ts'
import type { Upgrade } from '../upgrades/index.ts'
import { drawBytes } from '../upgrades/index.ts'

const FEATURE = 'ANCHOR_WITNESS_EMPTY'
const PAY_TO_ANCHOR = '51024e73'

/** The consensus side of pay-to-anchor: what is policy today. */
export const bip433: Upgrade = {
  id: 'bip433',
  text: 'A spend of a pay-to-anchor output carries an empty witness.',
  sources: ['BIP433'],
  deployment: { kind: 'never' },
  features: [FEATURE],
  examples: {
    accepts: [{ script: PAY_TO_ANCHOR }],
    rejects: [{ script: PAY_TO_ANCHOR, witness: [''], error: 'ANCHOR_WITNESS_NOT_EMPTY' }],
    generator: (draw) => ({
      accepts: { script: PAY_TO_ANCHOR, sequence: 2 ** 31 + draw(2 ** 31 - 2) },
      rejects: {
        script: PAY_TO_ANCHOR,
        witness: Array.from({ length: 1 + draw(4) }, () => toHex(drawBytes(draw, 0, 60))),
        error: 'ANCHOR_WITNESS_NOT_EMPTY',
      },
    }),
  },
  extension: {
    constraints: {
      witness: [
        {
          features: [FEATURE],
          check: ({ program, isWrapped, witness }) =>
            isPayToAnchor(program) && !isWrapped && witness.length > 0 ? 'ANCHOR_WITNESS_NOT_EMPTY' : 'OK',
        },
      ],
    },
  },
}
