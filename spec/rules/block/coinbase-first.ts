import { strippedSize } from '../../encoding/index.ts'
import { broken, ok } from '../../language/index.ts'
import { isCoinbase, type Transaction } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { ContextFreeBlock } from '../subjects.ts'

export const coinbaseFirst: ConsensusRule<ContextFreeBlock> = rule({
  id: 'coinbase-first',
  reason: 'bad-cb-missing',
  must: 'The first transaction of a block MUST be a coinbase: one input, whose outpoint is null (a txid of zeros, index 0xffffffff).',
  sources: ['Core validation.cpp CheckBlock', 'Core validation.cpp IsBlockMutated'],
  check: ({ block: { transactions } }) => {
    const [first] = transactions
    if (first !== undefined && isCoinbase(first)) return ok
    const missing = broken('a coinbase', 'none')
    return transactions.some(isPairOfHashes) ? { ...missing, rejection: 'mutated' } : missing
  },
})

/**
 * Two hashes side by side in a Merkle tree may be read as a transaction of 64 bytes, so that a block of the same hash may
 * have other transactions, and be valid. [CVE-2017-12842, Core IsBlockMutated]
 */
const isPairOfHashes = (transaction: Transaction) => strippedSize(transaction) === 64
