/** Where a value's digits are written: small whole numbers, one for each independent part of the value. */
export type Digits = Uint32Array

/**
 * The values that a variable of a model may have. A value is encoded as a fixed number of digits, so that states pack,
 * compare and print; different values have different digits.
 */
export interface Domain<Value> {
  /** How many values there are; from 2^53 on the nearest number, at most Infinity. */
  readonly size: number
  /** How many values each digit may take, each at most 2^32. */
  readonly radices: readonly number[]
  /** Every value once, in a fixed order, as the same objects each time. Only asked of domains that are small. */
  readonly values: () => readonly Value[]
  /** Writes the digits from `at` on. False when the domain does not have the value; the digits are undefined then. */
  encode(value: Value, digits: Digits, at: number): boolean
  readonly decode: (digits: Digits, at: number) => Value
  print(value: Value): string
  /** The value in the Informal Trace Format [ADR-015 of Apalache]: JSON in which sets are marked. */
  toItf(value: Value): unknown
  /** The value in which each process has the name that another had. */
  rename(value: Value, renaming: Renaming): Value
  /** Of a record, its fields: each may be read by itself. */
  readonly parts?: readonly DomainPart[]
}

/** A field of a record. */
export interface DomainPart {
  readonly name: string
  readonly domain: Domain<unknown>
  /** Where its digits begin. */
  readonly offset: number
}

/** New names by old ones; a name that is not there stays. */
export type Renaming = ReadonlyMap<string, string>

type Scalar = string | number | boolean

/** One of these values, compared by identity. Throws RangeError on a value that is listed twice. */
export function oneOf<const Value extends Scalar>(values: readonly Value[]): Domain<Value> {
  requireDistinct(values)
  const places = new Map(values.map((value, place) => [value, place]))
  const placeOf =
    values.length <= 8 ? (value: Value) => values.indexOf(value) : (value: Value) => places.get(value) ?? -1
  return {
    size: values.length,
    radices: [values.length],
    values: () => values,
    encode: (value, digits, at) => {
      const place = placeOf(value)
      digits[at] = place
      return place !== -1
    },
    decode: (digits, at) => values[digits[at]!]!,
    print: String,
    toItf: (value) => value,
    rename: (value, renaming) => (renaming.get(value as string) ?? value) as Value,
  }
}

/** A whole number from `least` to `most`. Throws RangeError when there are none, or more than 2^32. */
export function range(least: number, most: number): Domain<number> {
  const size = most - least + 1
  if (!(size >= 1 && size <= 2 ** 32)) throw new RangeError(`range(${least}, ${most}): 1 to 2^32 numbers`)
  return {
    size,
    radices: [size],
    values: memoized(() => Array.from({ length: size }, (_, place) => least + place)),
    encode: (value, digits, at) => {
      if (!Number.isInteger(value) || value < least || value > most) return false
      digits[at] = value - least
      return true
    },
    decode: (digits, at) => least + digits[at]!,
    print: String,
    toItf: (value) => value,
    rename: (value) => value,
  }
}

/** True or false. */
export const boolean: Domain<boolean> = oneOf([false, true])

/** A value of the domain, or undefined. */
export function optional<Value>(domain: Domain<Value>): Domain<Value | undefined> {
  return {
    size: domain.size + 1,
    radices: [2, ...domain.radices],
    values: memoized(() => [undefined, ...domain.values()]),
    encode: (value, digits, at) => {
      digits.fill(0, at, at + 1 + domain.radices.length)
      if (value === undefined) return true
      digits[at] = 1
      return domain.encode(value, digits, at + 1)
    },
    decode: (digits, at) => (digits[at] === 0 ? undefined : domain.decode(digits, at + 1)),
    print: (value) => (value === undefined ? 'none' : domain.print(value)),
    toItf: (value) => (value === undefined ? null : domain.toItf(value)),
    rename: (value, renaming) => (value === undefined ? value : domain.rename(value, renaming)),
  }
}

/** Values that are made when they are first asked for, and kept. */
export function memoized<Value>(make: () => readonly Value[]): () => readonly Value[] {
  let made: readonly Value[] | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** The number of a value among all digits that its domain has; -1 when the domain does not have it. */
export function codeOf<Value>({ radices, encode }: Domain<Value>, value: Value, digits: Digits): number {
  if (!encode(value, digits, 0)) return -1
  let code = digits[0]!
  for (let place = 1; place < radices.length; place++) code = code * radices[place]! + digits[place]!
  return code
}

function requireDistinct(values: readonly unknown[]): void {
  const repeated = values.find((value, place) => values.indexOf(value) !== place)
  if (repeated !== undefined) throw new RangeError(`${String(repeated)} is listed twice in a domain`)
}
