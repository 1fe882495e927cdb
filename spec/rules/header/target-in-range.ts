import { holds } from '../../language/index.ts'
import { decodeCompact } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { ContextFreeHeader } from '../subjects.ts'

export const targetInRange: ConsensusRule<Pick<ContextFreeHeader, 'header'>> = rule({
  id: 'target-in-range',
  reason: 'high-hash',
  must: "A header's bits MUST encode a target that is positive, does not overflow 256 bits, and does not exceed `powLimit`.",
  sources: ['Core pow.cpp DeriveTarget'],
  limits: ['powLimit'],
  check: ({ header }, { powLimit }) => {
    const { target, isNegative, isOverflow } = decodeCompact(header.bits)
    const isInRange = !isNegative && !isOverflow && target > 0n && target <= powLimit
    return holds(isInRange, `a target from 1 to ${powLimit.toString(16)}`, header.bits.toString(16))
  },
})
