import { type Digits, type Domain, type DomainPart, memoized } from './domain.ts'

/** A domain for each field. */
export type Domains<Fields> = { readonly [Name in keyof Fields]: Domain<Fields[Name]> }

/** A record with these fields, each of its own domain. */
export function recordOf<Fields extends object>(fields: Domains<Fields>): Domain<Fields> {
  const parts = partsOf(Object.entries(fields) as [string, Domain<unknown>][])
  return {
    ...product(parts),
    parts,
    values: memoized(() =>
      combinations(parts.map(({ domain }) => domain.values())).map(
        (values) => Object.fromEntries(values.map((value, place) => [parts[place]!.name, value])) as Fields,
      ),
    ),
    encode: (record, digits, at) =>
      parts.every(({ name, domain, offset }) =>
        domain.encode((record as Record<string, unknown>)[name], digits, at + offset),
      ),
    decode: (digits, at) => {
      const record: Record<string, unknown> = {}
      for (const { name, domain, offset } of parts) record[name] = domain.decode(digits, at + offset)
      return record as Fields
    },
    print: (record) =>
      `{${parts.map(({ name, domain }) => `${name}: ${domain.print((record as Record<string, unknown>)[name])}`).join(', ')}}`,
    toItf: (record) =>
      Object.fromEntries(
        parts.map(({ name, domain }) => [name, domain.toItf((record as Record<string, unknown>)[name])]),
      ),
    rename: (record, renaming) =>
      Object.fromEntries(
        parts.map(({ name, domain }) => [
          name,
          domain.rename((record as Record<string, unknown>)[name], renaming),
        ]),
      ) as Fields,
  }
}

/** A value of one domain for each of these keys: what each of several processes has. */
export function mapOf<Key extends string, Value>(
  keys: readonly Key[],
  item: Domain<Value>,
): Domain<Readonly<Record<Key, Value>>> {
  const record = recordOf(Object.fromEntries(keys.map((key) => [key, item])) as Domains<Record<Key, Value>>)
  return {
    ...record,
    rename: (map, renaming) =>
      Object.fromEntries(
        keys.map((key) => [renaming.get(key) ?? key, item.rename(map[key], renaming)]),
      ) as Record<Key, Value>,
  }
}

/** A list of this length, each item of one domain: what each of several numbered processes has. */
export function listOf<Value>(item: Domain<Value>, length: number): Domain<readonly Value[]> {
  const width = item.radices.length
  return {
    size: item.size ** length,
    radices: Array.from({ length }, () => item.radices).flat(),
    values: memoized(() => combinations(Array.from({ length }, () => item.values()))),
    encode: (list, digits, at) => {
      if (list.length !== length) return false
      for (let place = 0; place < length; place++)
        if (!item.encode(list[place]!, digits, at + place * width)) return false
      return true
    },
    decode: (digits, at) => decodeItems(item, length, digits, at),
    print: (list) => printList(item, list),
    toItf: (list) => list.map(item.toItf),
    rename: (list, renaming) => list.map((value) => item.rename(value, renaming)),
  }
}

/** A list of at most `most` items: a queue, a log, a channel that keeps its order. */
export function sequenceOf<Value>(item: Domain<Value>, most: number): Domain<readonly Value[]> {
  const width = item.radices.length
  const lengths = Array.from({ length: most + 1 }, (_, length) => length)
  return {
    size: lengths.reduce((sum, length) => sum + item.size ** length, 0),
    radices: [most + 1, ...Array.from({ length: most }, () => item.radices).flat()],
    values: memoized(() =>
      lengths.flatMap((length) => combinations(Array.from({ length }, () => item.values()))),
    ),
    encode: (sequence, digits, at) => {
      if (sequence.length > most) return false
      digits[at] = sequence.length
      digits.fill(0, at + 1 + sequence.length * width, at + 1 + most * width)
      for (let place = 0; place < sequence.length; place++)
        if (!item.encode(sequence[place]!, digits, at + 1 + place * width)) return false
      return true
    },
    decode: (digits, at) => decodeItems(item, digits[at]!, digits, at + 1),
    print: (sequence) => printList(item, sequence),
    toItf: (sequence) => sequence.map(item.toItf),
    rename: (sequence, renaming) => sequence.map((value) => item.rename(value, renaming)),
  }
}

/** Every list that takes one value of each offer, the first offer slowest. */
export function combinations<Value>(offers: readonly (readonly Value[])[]): readonly (readonly Value[])[] {
  let lists: readonly (readonly Value[])[] = [[]]
  for (const offer of offers) lists = lists.flatMap((list) => offer.map((value) => [...list, value]))
  return lists
}

function partsOf(entries: readonly (readonly [string, Domain<unknown>])[]): readonly DomainPart[] {
  let offset = 0
  return entries.map(([name, domain]) => {
    const part = { name, domain, offset }
    offset += domain.radices.length
    return part
  })
}

function product(parts: readonly DomainPart[]): {
  readonly size: number
  readonly radices: readonly number[]
} {
  return {
    size: parts.reduce((size, { domain }) => size * domain.size, 1),
    radices: parts.flatMap(({ domain }) => domain.radices),
  }
}

function decodeItems<Value>(
  { decode, radices }: Domain<Value>,
  count: number,
  digits: Digits,
  at: number,
): readonly Value[] {
  const items: Value[] = []
  for (let place = 0; place < count; place++) items.push(decode(digits, at + place * radices.length))
  return items
}

function printList<Value>({ print }: Domain<Value>, list: readonly Value[]): string {
  return `[${list.map(print).join(', ')}]`
}
