import { toHex } from '../../encoding/index.ts'
import { holds } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { BlockInContext } from '../subjects.ts'

export const coinbaseHeight: ConsensusRule<BlockInContext> = rule({
  id: 'coinbase-height',
  reason: 'bad-cb-height',
  must: "A coinbase's input script MUST begin with the block's height, pushed as a script pushes a number.",
  sources: ['BIP34', 'Core validation.cpp ContextualCheckBlock'],
  check: ({ block, height }) => {
    const expected = toHex(pushOfNumber(height))
    const actual = toHex(block.transactions[0]!.inputs[0]!.scriptSig)
    return holds(actual.startsWith(expected), `${expected}…`, actual)
  },
})

/** The shortest script that pushes a number from 0 on. [Core CScript::push_int64] */
function pushOfNumber(value: number): Uint8Array {
  if (value === 0) return Uint8Array.of(0x00)
  if (value <= 16) return Uint8Array.of(0x50 + value)
  const bytes: number[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.push(rest % 256)
  if (bytes.at(-1)! >= 0x80) bytes.push(0)
  return Uint8Array.of(bytes.length, ...bytes)
}
