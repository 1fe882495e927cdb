import { makePair } from '../pairs.ts'
import { withSpend, withTransaction } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

export const inputsUnspent: RuleFaults = {
  rule: 'inputs-unspent',
  faults: [
    function holdsATransactionTwice({ honest }) {
      const transactions = honest.transactions ?? []
      return { faulty: { ...honest, transactions: [...transactions, ...transactions] } }
    },
    function reversesItsTransactions({ honest }) {
      return { faulty: { ...honest, transactions: (honest.transactions ?? []).toReversed() } }
    },
    function spendsWhatComesLater({ draft, parent, honest, choice }) {
      const pair = makePair(draft, parent, { lock: 'anyone' })
      if (pair === undefined) return undefined
      return { faulty: { ...honest, transactions: choice % 2 === 0 ? pair.toReversed() : pair } }
    },
    function minesAgain({ draft, parent, honest, choice }) {
      const transactions = draft.transactionsIn(draft.ancestor(parent, choice % 5))
      return { faulty: { ...honest, transactions } }
    },
    function spendsOneCoinInTwoTransactions(ground) {
      const spend = (value: number) =>
        withSpend(ground, (coin) => ({
          inputs: [{ spends: coin.reference }],
          outputs: [{ to: 'anyone', value }],
        }))?.faulty.transactions ?? []
      return { faulty: { ...ground.honest, transactions: [...spend(0), ...spend(1)] } }
    },
    function spendsNothingThere(ground) {
      const txid = ground.choice.toString(16).padStart(64, 'a')
      const source = { inputs: [{ spends: { txid, index: 0 } }], outputs: [{ to: 'anyone', value: 0 }] }
      return { faulty: withTransaction(ground, source) }
    },
  ],
}
