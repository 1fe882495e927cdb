import { difficultyOf } from '../../describe/block-json.ts'
import { method } from '../../method.ts'

export const getdifficulty = method({
  name: 'getdifficulty',
  category: 'blockchain',
  summary: 'Returns the difficulty of the tip as a multiple of the least',
  parameters: {},
  run: (_values, { view }) => difficultyOf(view.chain.tip.bits),
})
