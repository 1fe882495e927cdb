import { heightPush, pick } from '../choices.ts'
import type { RuleFaults } from './rule-faults.ts'

export const coinbaseHeight: RuleFaults = {
  rule: 'coinbase-height',
  faults: [
    function namesAnotherHeight({ parent, honest, choice }) {
      const height = (above: number) => heightPush(parent.height + above)
      const hex = (parent.height + 1).toString(16).padStart(4, '0')
      const script = pick(
        [
          height(1),
          `${height(2)}00`,
          `${height(0)}00`,
          `01${hex.slice(2)}00`,
          `02${hex.slice(2)}${hex.slice(0, 2)}`,
          `4c01${hex.slice(2)}`,
        ],
        choice,
      )
      return { faulty: { ...honest, coinbase: { ...honest.coinbase, script } } }
    },
  ],
}
