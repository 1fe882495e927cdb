import { type Trace, traceBack, traceForward } from '../../../ledger/index.ts'
import { findConfirmed, transactionIn } from '../../confirmed.ts'
import { describeStep } from '../../describe/ledger-json.ts'
import type { RpcNode } from '../../node.ts'
import { badRequest, hashIn, notFound, numberIn, type Route } from '../route.ts'

const STEPS_MAX = 1000
const STEPS_USUAL = '100'

export const ledgerProvenance: Route = {
  prefix: '/rest/ledger/provenance/',
  summary: 'Returns where a coin came from, payment by payment, or with ?direction=forward where it went',
  run: ({ words, query }, node) => {
    const [id, digits = ''] = (words[0] ?? '').split('-')
    const txid = hashIn(id)
    const index = numberIn(digits, 0, 0xffffffff, 'Invalid URI format. Expected <txid>-<n>.json')
    const stepsText = query.get('steps') ?? STEPS_USUAL
    const steps = numberIn(stepsText, 1, STEPS_MAX, `steps: expected 1 to ${STEPS_MAX}, not ${stepsText}`)
    const direction = query.get('direction') ?? 'back'
    const block = findConfirmed(txid, node)
    const found = block && transactionIn(block, txid, node.view.chain)
    if (found?.transaction.outputs[index] === undefined)
      throw notFound(`${words[0]} not found in a block; -txindex finds what is spent`)
    const start = { transaction: found.transaction, node: found.node, index, distance: 0 }
    const trace = walk(direction, start, steps, node)
    return {
      json: () => ({
        direction,
        steps: trace.steps.map((step) => describeStep(step, node.view)),
        cut: trace.isCut,
      }),
    }
  },
}

function walk(
  direction: string,
  start: Parameters<typeof traceBack>[1],
  steps: number,
  { view }: RpcNode,
): Trace {
  const { chain, spenders } = view
  if (direction === 'back') return traceBack(chain, start, steps)
  if (direction !== 'forward') throw badRequest(`direction: expected back or forward, not ${direction}`)
  if (spenders === undefined) throw badRequest('What spent a coin is not kept: start with -txospenderindex')
  return traceForward(chain, spenders, start, steps)
}
