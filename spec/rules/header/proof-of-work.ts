import { holds } from '../../language/index.ts'
import { decodeCompact } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { ContextFreeHeader } from '../subjects.ts'

export const proofOfWork: ConsensusRule<ContextFreeHeader> = rule({
  id: 'proof-of-work',
  reason: 'high-hash',
  must: "A header's hash by the chain's proof-of-work function, read as a little-endian number, MUST NOT exceed the target that its bits encode.",
  sources: ['Core pow.cpp CheckProofOfWorkImpl'],
  check: ({ header, workHash }) => {
    const { target } = decodeCompact(header.bits)
    return holds(BigInt(`0x${workHash}`) <= target, `at most ${target.toString(16)}`, workHash)
  },
})
