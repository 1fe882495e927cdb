/**
 * The values that a variable of a model may have, numbered from 0 on: so that states pack, print and compare. Different
 * values have different numbers: a domain with more values than numbers are exact for throws RangeError when it is built.
 */
export interface Domain<Value> {
  /** How many values there are. */
  readonly size: number
  /** The number of a value; -1 when the domain does not have it. */
  indexOf(value: Value): number
  valueAt(index: number): Value
  print(value: Value): string
}

/** One of these values, compared by identity. Throws RangeError on a value that is listed twice. */
export function oneOf<Value extends string | number | boolean>(values: readonly Value[]): Domain<Value> {
  requireDistinct(values)
  return {
    size: values.length,
    indexOf: (value) => values.indexOf(value),
    valueAt: (index) => values[index]!,
    print: String,
  }
}

/** A whole number from `least` to `most`. */
export function range(least: number, most: number): Domain<number> {
  return {
    size: exactSize(most - least + 1),
    indexOf: (value) => (Number.isInteger(value) && value >= least && value <= most ? value - least : -1),
    valueAt: (index) => least + index,
    print: String,
  }
}

/** True or false. */
export const boolean: Domain<boolean> = oneOf([false, true])

/** Any set of these members, kept as a list in their order. At most 52 members, none listed twice. */
export function subsetOf<Member extends string | number>(
  members: readonly Member[],
): Domain<readonly Member[]> {
  requireDistinct(members)
  return {
    size: exactSize(2 ** members.length),
    indexOf: (subset) => {
      const places = subset.map((member) => members.indexOf(member))
      const isInOrder = places.every((place, index) => place > (places[index - 1] ?? -1))
      return isInOrder ? places.reduce((bits, place) => bits + 2 ** place, 0) : -1
    },
    valueAt: (index) => members.filter((_, place) => Math.floor(index / 2 ** place) % 2 === 1),
    print: (subset) => `{${subset.join(' ')}}`,
  }
}

/** A list of this length, each item of one domain: what each of several nodes has. */
export function listOf<Value>(item: Domain<Value>, length: number): Domain<readonly Value[]> {
  return {
    size: exactSize(item.size ** length),
    indexOf: (list) => (list.length === length ? packAll(list.map((value) => [item, value])) : -1),
    valueAt: (index) => {
      const values: Value[] = []
      for (let rest = index; values.length < length; rest = Math.floor(rest / item.size))
        values.push(item.valueAt(rest % item.size))
      return values
    },
    print: (list) => `[${list.map((value) => item.print(value)).join(', ')}]`,
  }
}

/** Numbers from 2^53 on are not exact: in a larger domain two values could share one. */
function exactSize(size: number): number {
  if (size <= Number.MAX_SAFE_INTEGER) return size
  throw new RangeError(`a domain of ${size} values: expected fewer than 2^53`)
}

function requireDistinct(values: readonly unknown[]): void {
  const repeated = values.find((value, index) => values.indexOf(value) !== index)
  if (repeated !== undefined) throw new RangeError(`${String(repeated)} is listed twice in a domain`)
}

// biome-ignore lint/suspicious/noExplicitAny: each value belongs to the domain beside it
function packAll(pairs: readonly (readonly [Domain<any>, unknown])[]): number {
  let index = 0
  for (const [domain, value] of [...pairs].reverse()) {
    const digit = domain.indexOf(value)
    if (digit === -1) return -1
    index = index * domain.size + digit
  }
  return index
}
