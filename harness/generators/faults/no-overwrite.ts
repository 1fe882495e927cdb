import type { BlockSource, CompiledBlock } from '../../scenario/index.ts'
import { heightPush, pick } from '../choices.ts'
import type { RuleFaults } from './rule-faults.ts'

export const noOverwrite: RuleFaults = {
  rule: 'no-overwrite',
  weight: 3,
  faults: [
    /** Equal scripts and amounts make equal coinbases where the height need not be committed to; a spent one may be made again. */
    function repeatsACoinbase({ draft, parent, honest, choice }) {
      if (draft.activations.above(parent).has('bip34')) return undefined
      const coinbase = {
        script: pick(['5151', '5151', heightPush(parent.height + 2)], choice >> 1),
        value: 1,
      }
      const onto = ({ name }: CompiledBlock, block: BlockSource = {}) =>
        draft.addBlock({ extends: name, ...block })
      const before = [onto(parent, { coinbase })]
      if (choice % 2 === 0) {
        const { coinbaseMaturityBlocks } = draft.chain.limits
        while (before.length < coinbaseMaturityBlocks) before.push(onto(before.at(-1)!))
        const spender = draft.addTransaction({
          inputs: [{ spends: `${before[0]!.name}:0` }],
          outputs: [{ to: 'anyone', value: 'rest' }],
        })
        before.push(onto(before.at(-1)!, { transactions: [spender.name] }))
      }
      const { extends: _, time: __, ...rest } = honest
      return {
        before,
        faulty: { ...rest, extends: before.at(-1)!.name, transactions: [], coinbase },
      }
    },
  ],
}
