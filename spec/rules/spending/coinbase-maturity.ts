import { atLeast, ok } from '../../language/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { InputSpend } from '../subjects.ts'

export const coinbaseMaturity: ConsensusRule<Pick<InputSpend, 'coin' | 'spendHeight'>> = rule({
  id: 'coinbase-maturity',
  reason: 'bad-txns-premature-spend-of-coinbase',
  must: 'A coinbase output MUST be at least `coinbaseMaturityBlocks` deep, counting the spending block, before it is spent (100 on mainnet).',
  sources: ['Core consensus/consensus.h COINBASE_MATURITY'],
  limits: ['coinbaseMaturityBlocks'],
  unconfirmed: { rejection: 'premature' },
  check: ({ coin, spendHeight }, limits) =>
    coin.isCoinbase ? atLeast(limits.coinbaseMaturityBlocks, spendHeight - coin.height) : ok,
})
