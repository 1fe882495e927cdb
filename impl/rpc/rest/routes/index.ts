import type { Route } from '../route.ts'
import { block } from './block.ts'
import { blockWithoutTransactions } from './block-without-transactions.ts'
import { blockfilter } from './blockfilter.ts'
import { blockfilterheaders } from './blockfilterheaders.ts'
import { blockhashbyheight } from './blockhashbyheight.ts'
import { blockpart } from './blockpart.ts'
import { chaininfo } from './chaininfo.ts'
import { deploymentinfo } from './deploymentinfo.ts'
import { getutxos } from './getutxos.ts'
import { headers } from './headers.ts'
import { ledgerBalance } from './ledger-balance.ts'
import { ledgerEntry } from './ledger-entry.ts'
import { ledgerProvenance } from './ledger-provenance.ts'
import { mempool } from './mempool.ts'
import { spenttxouts } from './spenttxouts.ts'
import { tx } from './tx.ts'

/** Every route; of prefixes that begin alike the longer is asked first. One more route is one file and one line here. */
export const ROUTES: readonly Route[] = [
  block,
  blockWithoutTransactions,
  blockfilter,
  blockfilterheaders,
  blockhashbyheight,
  blockpart,
  chaininfo,
  deploymentinfo,
  getutxos,
  headers,
  ledgerBalance,
  ledgerEntry,
  ledgerProvenance,
  mempool,
  spenttxouts,
  tx,
].sort((a, b) => b.prefix.length - a.prefix.length)
