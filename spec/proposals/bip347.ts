import { concatBytes } from '@noble/hashes/utils.js'
import { assemble, encodePush, fail, ITEM_BYTES_MAX } from '../script/index.ts'
import type { RejectedSpend, Upgrade } from '../upgrades/index.ts'
import { drawBytes, drawFrom, inTapscript } from '../upgrades/index.ts'

const FEATURE = 'OP_CAT'
const OP_CAT = 0x7e
const OP_EQUAL = 0x87

/** OP_CAT: a tapscript joins two items. */
export const bip347: Upgrade = {
  id: 'bip347',
  text: 'A tapscript may join the two items on top of the stack, up to the size of one item.',
  sources: ['BIP347'],
  deployment: { kind: 'never' },
  features: [FEATURE],
  examples: {
    accepts: [inTapscript(assemble('<aa> <bbcc> 0x7e <aabbcc> EQUAL'))],
    rejects: [
      { ...inTapscript(assemble('1 0x7e')), error: 'INVALID_STACK_OPERATION' },
      { ...inTapscript(assemble('<aa> <bbcc> 0x7e <bbccaa> EQUAL')), error: 'EVAL_FALSE' },
      { ...inTapscript(Uint8Array.of(OP_CAT), sized(260, 261)), error: 'PUSH_SIZE' },
    ],
    generator: (draw) => {
      const [left, right] = [drawBytes(draw, 0, 80), drawBytes(draw, 1, 80)]
      const joins = (joined: Uint8Array) =>
        inTapscript(concatBytes(Uint8Array.of(OP_CAT), encodePush(joined), Uint8Array.of(OP_EQUAL)), [
          left,
          right,
        ])
      const joined = concatBytes(left, right)
      const limit = draw(ITEM_BYTES_MAX + 1)
      return {
        accepts: drawFrom(draw, [
          () => joins(joined),
          () => inTapscript(Uint8Array.of(OP_CAT), sized(limit, ITEM_BYTES_MAX - limit)),
        ]),
        rejects: drawFrom<RejectedSpend>(draw, [
          () => ({ ...joins(Uint8Array.of(...joined, 0)), error: 'EVAL_FALSE' }),
          () => ({
            ...inTapscript(Uint8Array.of(OP_CAT), sized(limit, ITEM_BYTES_MAX + 1 - limit)),
            error: 'PUSH_SIZE',
          }),
          () => ({ ...inTapscript(Uint8Array.of(OP_CAT), [right]), error: 'INVALID_STACK_OPERATION' }),
        ]),
      }
    },
  },
  extension: {
    opcodes: [
      {
        slot: 'OP_SUCCESS126',
        name: FEATURE,
        feature: FEATURE,
        execute({ stack }) {
          const joined = concatBytes(...stack.take(2))
          if (joined.length > ITEM_BYTES_MAX) fail('PUSH_SIZE')
          stack.push(joined)
        },
      },
    ],
  },
}

/** Two items of these sizes, none of whose bytes is zero. */
function sized(...bytes: readonly [number, number]): readonly Uint8Array[] {
  return bytes.map((length) => new Uint8Array(length).fill(1))
}
