import type { Scenario } from '../format/index.ts'

/** Every word in a part of a scenario that could be a name. */
export function wordsIn(part: unknown): Set<string> {
  return new Set(JSON.stringify(part ?? null).match(/[a-zA-Z][a-zA-Z0-9_.]*/g) ?? [])
}

/** Drops blocks, transactions and keys that no step leads to. */
export function prune(scenario: Scenario): Scenario {
  const reached = new Set<string>()
  const waiting = [...wordsIn(scenario.steps)]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const spec = ownValue(scenario.blocks, name) ?? ownValue(scenario.transactions, name)
    if (spec === undefined || reached.has(name)) continue
    reached.add(name)
    waiting.push(...wordsIn(spec))
  }
  const kept = {
    ...scenario,
    blocks: keep(scenario.blocks, (name) => reached.has(name)),
    transactions: keep(scenario.transactions, (name) => reached.has(name)),
  }
  const words = wordsIn([kept.blocks, kept.transactions, kept.steps])
  return { ...kept, keys: scenario.keys.filter((key) => words.has(key)) }
}

/** The entries of a record whose names pass. */
export function keep<T>(
  record: Readonly<Record<string, T>>,
  passes: (name: string, value: T) => boolean,
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name, value]) => passes(name, value)))
}

function ownValue<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
