import { equal } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { HeaderInContext } from '../subjects.ts'
import { requiredBits } from './required-bits.ts'

export const difficulty: ConsensusRule<HeaderInContext> = rule({
  id: 'difficulty',
  reason: 'bad-diffbits',
  must: "A header's bits MUST be exactly those that the chain's retargeting rules compute from its ancestors' times and bits, and from its own time where `allowMinDifficulty` lets a late block have the easiest target; the new target is computed with exact integers, however many bits its product with the period's seconds takes.",
  sources: ['Core pow.cpp GetNextWorkRequired', 'BIP94', 'Litecoin pow.cpp GetNextWorkRequired'],
  limits: [
    'powLimit',
    'retargetIntervalBlocks',
    'targetSpacingSeconds',
    'noRetargeting',
    'allowMinDifficulty',
    'enforceBip94',
    'wholePeriodRetarget',
  ],
  check: ({ header, parent }, limits) =>
    equal(requiredBits(parent, header.time, limits).toString(16), header.bits.toString(16)),
})
