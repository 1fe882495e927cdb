import { journalOf } from '../../../ledger/index.ts'
import { equalBytes } from '../../../wire/index.ts'
import { findConfirmed } from '../../confirmed.ts'
import { describeEntry, entryAsHledger } from '../../describe/ledger-json.ts'
import { readBlock } from '../../lookup.ts'
import { hashIn, notFound, type Route } from '../route.ts'

export const ledgerEntry: Route = {
  prefix: '/rest/ledger/entry/',
  summary: 'Returns the journal entry of a confirmed transaction: who receives, who gives',
  run: ({ words: [word], query }, node) => {
    const { view } = node
    const txid = hashIn(word)
    const named = query.get('block')
    const block = named === null ? findConfirmed(txid, node) : view.chain.node(hashIn(named))
    const entries = block && journalOf(readBlock(view.chain, block), block, view.chain)
    const entry = entries?.find((candidate) => equalBytes(candidate.txid, txid))
    if (block === undefined || entry === undefined)
      throw notFound(
        `${word} not found in a block; -txindex finds what is spent, ?block=<hash> names its block`,
      )
    return {
      json: () => describeEntry(entry, block, view),
      hledger: () => entryAsHledger(entry, block, view),
    }
  },
}
