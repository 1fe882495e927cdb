import { tighter } from './edges.ts'
import { SPEND_ALL, withTransaction } from './flawed-blocks.ts'
import type { RuleFaults } from './rule-faults.ts'

export const coinbaseMaturity: RuleFaults = {
  rule: 'coinbase-maturity',
  edge: tighter('coinbaseMaturityBlocks', 1),
  faults: [
    function spendsACoinbaseAtItsEdge(ground) {
      const { draft, parent, choice } = ground
      const wanted = parent.height + 1 - draft.chain.limits.coinbaseMaturityBlocks + (choice % 2)
      const coin = draft.coinsAt(parent).find(({ isCoinbase, height }) => isCoinbase && height === wanted)
      if (coin === undefined) return undefined
      const source = { inputs: [{ spends: coin.reference }], outputs: [...SPEND_ALL] }
      return { faulty: withTransaction(ground, source) }
    },
  ],
}
