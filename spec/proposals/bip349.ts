import { concatBytes } from '@noble/hashes/utils.js'
import { assemble, encodePush, fail } from '../script/index.ts'
import type { RejectedSpend, Upgrade } from '../upgrades/index.ts'
import { drawBytes, drawFrom, inTapscript } from '../upgrades/index.ts'

const FEATURE = 'INTERNALKEY'
const OP_INTERNALKEY = 0xcb
const OP_EQUAL = 0x87
const GENERATOR = '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'

/** OP_INTERNALKEY: a tapscript asks for the key that hides its tree. */
export const bip349: Upgrade = {
  id: 'bip349',
  text: 'A tapscript may push the internal key of the taproot output that it spends.',
  sources: ['BIP349'],
  deployment: { kind: 'never' },
  features: [FEATURE],
  examples: {
    accepts: [inTapscript(assemble(`0xcb <${GENERATOR}> EQUAL`))],
    rejects: [{ ...inTapscript(assemble(`0xcb <${'79'.repeat(32)}> EQUAL`)), error: 'EVAL_FALSE' }],
    generator: (draw) => {
      const equals = (key: Uint8Array) =>
        inTapscript(concatBytes(Uint8Array.of(OP_INTERNALKEY), encodePush(key), Uint8Array.of(OP_EQUAL)))
      return {
        accepts: inTapscript(assemble(`${'NOP '.repeat(draw(20))} 0xcb <${GENERATOR}> EQUAL`)),
        rejects: drawFrom<RejectedSpend>(draw, [
          () => ({ ...equals(drawBytes(draw, 2, 33)), error: 'EVAL_FALSE' }),
          () => ({ ...inTapscript(assemble('1 0xcb')), error: 'CLEANSTACK' }),
        ]),
      }
    },
  },
  extension: {
    opcodes: [
      {
        slot: 'OP_SUCCESS203',
        name: 'OP_INTERNALKEY',
        feature: FEATURE,
        execute: ({ stack, context }) => stack.push(context.taproot!.leaf!.internalKey ?? fail('BAD_OPCODE')),
      },
    ],
  },
}
