import { holds } from '../../language/index.ts'
import { outpointKey } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { TransactionSpend } from '../subjects.ts'

export const noOverwrite: ConsensusRule<Pick<TransactionSpend, 'overwritten'>> = rule({
  id: 'no-overwrite',
  reason: 'bad-txns-BIP30',
  must: 'A transaction MUST NOT create an output whose txid and index name an output that is unspent below its block, except in the blocks of `bip30Exceptions` (91,842 and 91,880 on mainnet), and below height 1,983,702 on branches with the blocks where BIP34 came into force on mainnet and testnet3.',
  sources: ['BIP30', 'CVE-2012-1909', 'Core validation.cpp ConnectBlock'],
  check: ({ overwritten }) =>
    holds(overwritten === undefined, 'no unspent coin of this name', overwritten && outpointKey(overwritten)),
})
