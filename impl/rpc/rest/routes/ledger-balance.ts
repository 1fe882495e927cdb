import { describeTotals, totalsAsHledger } from '../../describe/ledger-json.ts'
import { badRequest, notFound, numberIn, type Route } from '../route.ts'

export const ledgerBalance: Route = {
  prefix: '/rest/ledger/balance',
  summary: 'Returns the trial balance of the book at a height, or at the tip',
  run: ({ words: [word] }, { view }) => {
    const { chain, book } = view
    if (book === undefined) throw badRequest('The totals of the book are not kept: start with -ledgerindex')
    const height =
      word === undefined ? chain.tip.height : numberIn(word, 0, 0x7fffffff, `Invalid height: ${word}`)
    const node = chain.activeAt(height)
    if (node === undefined) throw notFound('Block height out of range')
    const totals = book.totalsAt(node)
    if (totals === undefined) throw notFound('The data of a block below are not at hand')
    return { json: () => describeTotals(totals, node), hledger: () => totalsAsHledger(totals, node) }
  },
}
