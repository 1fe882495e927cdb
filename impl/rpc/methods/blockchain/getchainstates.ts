import { hashToHex } from '../../../wire/index.ts'
import { describeTarget, difficultyOf, hex32, verificationProgress } from '../../describe/block-json.ts'
import { method } from '../../method.ts'

export const getchainstates = method({
  name: 'getchainstates',
  category: 'blockchain',
  summary: 'Returns the chainstates, of which there is one: nothing is taken from a snapshot',
  parameters: {},
  run: (_values, { view, operations }) => {
    const { tip, headerTip } = view.chain
    return {
      headers: headerTip.height,
      chainstates: [
        {
          blocks: tip.height,
          bestblockhash: hashToHex(tip.hash),
          bits: hex32(tip.bits),
          target: describeTarget(tip.bits),
          difficulty: difficultyOf(tip.bits),
          verificationprogress: verificationProgress(tip.height, headerTip.height),
          coins_db_cache_bytes: 0,
          coins_tip_cache_bytes: operations.coinBytesMax,
          validated: true,
        },
      ],
    }
  },
})
