import type { BlockSpec, Scenario, TransactionSpec } from './format/index.ts'

/**
 * The names of all blocks and transactions, each after whatever it rests on, so that a forge never has to dig: rows of
 * thousands may be listed in any order. What rests upon itself has some place; the forge says so.
 */
export function forgingOrder({ blocks, transactions }: Scenario): string[] {
  const order: string[] = []
  const seen = new Set<string>()
  for (const name of [...Object.keys(blocks), ...Object.keys(transactions)]) {
    if (seen.has(name)) continue
    seen.add(name)
    const path = [{ name, rest: restsOn(name) }]
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const next = last.rest.pop()
      if (next === undefined) order.push(path.pop()!.name)
      else if (!seen.has(next)) {
        seen.add(next)
        path.push({ name: next, rest: restsOn(next) })
      }
    }
  }
  return order

  function restsOn(name: string): string[] {
    const mentioned = Object.hasOwn(blocks, name)
      ? namesInBlock(blocks[name]!)
      : namesInTransaction(transactions[name]!)
    return mentioned.filter((other) => Object.hasOwn(blocks, other) || Object.hasOwn(transactions, other))
  }
}

function namesInBlock(block: BlockSpec): string[] {
  return [block.extends ?? '', block.copyOf ?? '', ...block.transactions, ...placeholders(block.coinbase)]
}

function namesInTransaction({ inputs, outputs, lockTime }: TransactionSpec): string[] {
  const times = typeof lockTime === 'number' ? [] : Object.values(lockTime).map(String)
  const sources = inputs.flatMap(({ spends, unlock }) => [
    typeof spends === 'string' ? spends : '',
    unlock?.copy ?? '',
  ])
  return [
    ...times,
    ...sources.map((source) => source.split(':')[0]!),
    ...placeholders(inputs.map(({ unlock }) => unlock)),
    ...placeholders(outputs),
  ]
}

/** The blocks that scripts take numbers from: `<mtp:b5+1>`. */
function placeholders(part: unknown): string[] {
  const text = JSON.stringify(part)
  return [...text.matchAll(/<(?:mtp|time|height):([^+\->]+)/g)].map(([, name]) => name!)
}
