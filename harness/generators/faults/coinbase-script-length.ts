import { heightPush, pick } from '../choices.ts'
import type { RuleFaults } from './rule-faults.ts'

export const coinbaseScriptLength: RuleFaults = {
  rule: 'coinbase-script-length',
  edge: (transaction, limits) => {
    const [input] = transaction.inputs
    if (input === undefined) return []
    const { scriptSig } = input
    return [scriptSig.slice(1), Uint8Array.of(...scriptSig, 0)].map((changed) => [
      { ...transaction, inputs: [{ ...input, scriptSig: changed }] },
      limits,
    ])
  },
  faults: [
    function hasAScriptOfAnotherLength({ parent, honest, choice }) {
      const padded = (to: number) => heightPush(parent.height + 1).padEnd(2 * to, '00')
      const script = pick(
        ['', '51', '5151', padded(2), padded(100), padded(101), padded(101), 'ab'.repeat(101)],
        choice,
      )
      return { faulty: { ...honest, coinbase: { ...honest.coinbase, script } } }
    },
  ],
}
