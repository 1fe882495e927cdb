/** Why data is not a chain file. The message is one line for the author of the file. */
export class ChainFileError extends Error {}

/** The fields of a JSON object, each read once by its type; whatever is left at the end is an error. */
export interface Fields {
  has(name: string): boolean
  names(): string[]
  text(name: string, pattern: RegExp, expected: string): string
  hex(name: string): string
  /** A whole number from `least` to `most`. */
  whole(name: string, least?: number, most?: number): number
  flag(name: string): boolean
  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice
  texts(name: string): readonly string[]
  fields(name: string): Fields
  list(name: string): Fields[]
  /** The name itself, where names are block hashes. */
  checkHash(name: string): string
  error(name: string, expected: string): ChainFileError
  end(): void
}

/** Reads `data` as an object; `path` says in errors where it stands. */
export function fieldsOf(data: unknown, path: string): Fields {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new ChainFileError(`${path}: expected an object, found ${show(data)}`)
  const object = data as Readonly<Record<string, unknown>>
  const read = new Set<string>()

  const at = (name: string) => `${path}.${name}`
  const error = (name: string, expected: string) =>
    new ChainFileError(`${at(name)}: expected ${expected}, found ${show(object[name])}`)

  function take<Value>(name: string, is: (value: unknown) => value is Value, expected: string): Value {
    read.add(name)
    const value = object[name]
    if (!Object.hasOwn(object, name) || !is(value)) throw error(name, expected)
    return value
  }

  const matches = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value)

  return {
    error,
    has: (name) => object[name] !== undefined,
    names: () => Object.keys(object),
    text: (name, pattern, expected) =>
      take(name, matches(pattern) as (value: unknown) => value is string, expected),
    hex: (name) =>
      take(
        name,
        // No expression over pairs: that one fails on some megabytes.
        (value): value is string =>
          typeof value === 'string' && value.length % 2 === 0 && !/[^0-9a-f]/.test(value),
        'lower-case hex, two digits a byte',
      ),
    whole: (name, least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER) =>
      take(
        name,
        (value): value is number =>
          Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
        most === Number.MAX_SAFE_INTEGER
          ? `a whole number${least === Number.MIN_SAFE_INTEGER ? '' : ` from ${least}`}`
          : `a whole number from ${least} to ${most}`,
      ),
    flag: (name) => take(name, (value) => typeof value === 'boolean', 'true or false'),
    oneOf: <Choice extends string>(name: string, choices: readonly Choice[]) =>
      take(name, (value): value is Choice => choices.includes(value as Choice), choices.join(' or ')),
    texts: (name) =>
      take(
        name,
        (value): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string'),
        'a list of texts',
      ),
    fields: (name) => {
      read.add(name)
      return fieldsOf(object[name], at(name))
    },
    list: (name) =>
      take(name, (value) => Array.isArray(value), 'a list').map((item, index) =>
        fieldsOf(item, `${at(name)}[${index}]`),
      ),
    checkHash: (name) => {
      if (!/^[0-9a-f]{64}$/.test(name)) throw new ChainFileError(`${at(name)}: expected a block hash as name`)
      return name
    },
    end: () => {
      const extra = Object.keys(object).find((name) => !read.has(name))
      if (extra !== undefined) throw new ChainFileError(`${at(extra)}: expected no field of this name`)
    },
  }
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
