import { type BlockNode, type Chainstate, spentByTransaction } from '../chainstate/index.ts'
import type { SpenderIndex } from '../indexes/index.ts'
import { bytesKey, concatBytes, equalBytes, type Transaction } from '../wire/index.ts'

/** A coin met on a walk through history, and how many payments away from the start it is. */
export interface TraceStep {
  readonly transaction: Transaction
  readonly index: number
  readonly node: BlockNode
  readonly distance: number
}

/** A walk that ends early says so. */
export interface Trace {
  readonly steps: readonly TraceStep[]
  readonly isCut: boolean
}

/** Where a coin came from: itself, then what was spent for it, nearest first, each once, down to the coinbases. */
export function traceBack(chain: Chainstate, start: TraceStep, stepsMax: number): Trace {
  return walk(start, stepsMax, ({ transaction, node, distance }) => {
    const found = findIn(chain, node, transaction.txid)
    if (found === undefined || transaction.isCoinbase) return []
    return transaction.inputs.flatMap(({ prevTxid, prevIndex }, at) => {
      const below = chain.activeAt(found.spent?.[at]?.height ?? -1)
      const parent = below && findIn(chain, below, prevTxid)?.transaction
      return parent === undefined
        ? []
        : [{ transaction: parent, index: prevIndex, node: below!, distance: distance + 1 }]
    })
  })
}

/** Where a coin went: itself, then what it was turned into, nearest first, each once. */
export function traceForward(
  chain: Chainstate,
  spenders: SpenderIndex,
  start: TraceStep,
  stepsMax: number,
): Trace {
  return walk(start, stepsMax, ({ transaction, index, distance }) => {
    const spender = spenders.spenderOf(outpointOf(transaction.txid, index))
    const found = spender && findIn(chain, spender.node, spender.txid)
    if (spender === undefined || found === undefined) return []
    return found.transaction.outputs.map((_output, at) => ({
      transaction: found.transaction,
      index: at,
      node: spender.node,
      distance: distance + 1,
    }))
  })
}

function walk(start: TraceStep, stepsMax: number, next: (step: TraceStep) => readonly TraceStep[]): Trace {
  const steps = [start]
  const seen = new Set([keyOf(start)])
  let isCut = false
  for (const step of steps) {
    for (const onward of next(step)) {
      if (seen.has(keyOf(onward))) continue
      if (steps.length >= stepsMax) {
        isCut = true
        break
      }
      seen.add(keyOf(onward))
      steps.push(onward)
    }
    if (isCut) break
  }
  return { steps, isCut }
}

function keyOf({ transaction, index }: TraceStep): string {
  return bytesKey(outpointOf(transaction.txid, index))
}

function outpointOf(txid: Uint8Array, index: number): Uint8Array {
  const tail = new Uint8Array(4)
  new DataView(tail.buffer).setUint32(0, index, true)
  return concatBytes(txid, tail)
}

function findIn(chain: Chainstate, node: BlockNode, txid: Uint8Array) {
  const block = node.height === 0 ? chain.chain.genesis : chain.block(node)
  const at = block?.transactions.findIndex((transaction) => equalBytes(transaction.txid, txid)) ?? -1
  if (block === undefined || at < 0) return undefined
  return {
    transaction: block.transactions[at]!,
    spent: spentByTransaction(block, chain.undoData(node))?.[at],
  }
}
