import { toHex } from '../../encoding/index.ts'
import { holds } from '../../language/index.ts'
import { encodeNumber, encodePush } from '../../script/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { BlockInContext } from '../subjects.ts'

export const coinbaseHeight: ConsensusRule<Pick<BlockInContext, 'block' | 'height'>> = rule({
  id: 'coinbase-height',
  reason: 'bad-cb-height',
  must: "Once BIP34 is in force, a coinbase's input script MUST begin with the block's height as a script number: OP_0 or OP_1 to OP_16 where there is such an opcode, else the shortest direct push.",
  sources: ['BIP34', 'Core validation.cpp ContextualCheckBlock'],
  check: ({ block, height }) => {
    const expected = toHex(pushOfNumber(height))
    const actual = toHex(block.transactions[0]!.inputs[0]!.scriptSig)
    return holds(actual.startsWith(expected), `${expected}…`, actual)
  },
})

const BEFORE_OP_1 = 0x50

/** The shortest script that pushes a number from 0 on; 1 to 16 have opcodes of their own. [Core CScript::push_int64] */
function pushOfNumber(value: number): Uint8Array {
  return value >= 1 && value <= 16 ? Uint8Array.of(BEFORE_OP_1 + value) : encodePush(encodeNumber(value))
}
