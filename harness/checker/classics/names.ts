/** Names of processes: `namesOf('r', 3)` are r1, r2 and r3. */
export function namesOf(letter: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`)
}

/** The same value for each key. */
export function forEach<Key extends string, const Value>(
  keys: readonly Key[],
  value: Value,
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, value])) as Record<Key, Value>
}
