import { OPTIONS, type Option, type OptionName } from './option-table.ts'

/** The operator asked for something that cannot be; the message is one line. */
export class SettingsError extends Error {
  /** What stands before the message. [Core InitError; ThreadSafeQuestion has none] */
  readonly caption: 'Error: ' | ''

  constructor(message: string, caption: 'Error: ' | '' = 'Error: ') {
    super(message)
    this.caption = caption
  }
}

/** An option as it was given: its values from the first source that names it, in order. */
export type Given = ReadonlyMap<string, readonly string[]>

/** Options by name, read when asked for. The command line goes before the configuration file. */
export class Settings {
  readonly #sources: readonly Given[]

  constructor(...sources: Given[]) {
    this.#sources = sources
  }

  /** The value given last; undefined where none is. Throws SettingsError. */
  text(name: OptionName): string | undefined {
    return this.#values(name)?.at(-1)
  }

  /** All values, those of the command line first. */
  list(name: OptionName): string[] {
    const values: string[] = []
    for (const source of this.#sources) {
      const own = source.get(name) ?? []
      values.push(...own.filter((value) => value !== NEGATED))
      // A negation takes back what sources behind this one say. [Core GetSettingsList]
      if (own[0] === NEGATED) break
    }
    return values
  }

  /** All values as they were given, negations among them. */
  raw(name: OptionName): string[] {
    return this.#sources.flatMap((source) => source.get(name) ?? [])
  }

  has(name: OptionName): boolean {
    return this.#values(name) !== undefined
  }

  /** Everything but 0 is true, and so is an option without a value. [Core InterpretBool] */
  flag(name: OptionName, fallback = false): boolean {
    const value = this.text(name)
    if (value === undefined) return fallback
    return value === '' || Number.parseInt(value, 10) !== 0
  }

  integer(name: OptionName): number | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    if (value === '') return 0
    if (!/^[+-]?\d+$/.test(value))
      throw new SettingsError(`-${name}: expected a whole number, not '${value}'`)
    const number = Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, Number(value)))
    return number
  }

  /** Sats of an amount in coins. */
  sats(name: OptionName): number | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    const sats = parseAmount(value)
    if (sats === undefined) throw new SettingsError(`Invalid amount for -${name}=<amount>: '${value}'`)
    return sats
  }

  /** Reads every option that has a number, so that a wrong one is found before anything is opened. Throws SettingsError. */
  checkNumbers(): void {
    for (const name of Object.keys(OPTIONS) as OptionName[]) {
      if (OPTIONS[name].kind === 'integer') this.integer(name)
      if (OPTIONS[name].kind === 'amount') this.sats(name)
    }
  }

  #values(name: OptionName): readonly string[] | undefined {
    for (const source of this.#sources) {
      const values = source.get(name)
      if (values !== undefined && values.length > 0) return values
    }
    return undefined
  }
}

const NEGATED = '0'

/** Adds one option, which may be negated: -nofoo is -foo=0, -nofoo=0 is -foo=1. [Core InterpretKey] */
export function give(options: Map<string, string[]>, word: string, value: string | undefined): boolean {
  const name = isKnown(word)
    ? word
    : word.startsWith('no') && isKnown(word.slice(2))
      ? word.slice(2)
      : undefined
  if (name === undefined) return false
  const isNegated = name !== word
  const meant = isNegated ? (value === '0' ? '1' : '0') : (value ?? '')
  const before = options.get(name)
  if (before === undefined || isNegated) options.set(name, [meant])
  else before.push(meant)
  return true
}

function isKnown(word: string): boolean {
  return Object.hasOwn(OPTIONS, word)
}

export function optionOf(name: string): Option {
  return OPTIONS[name as OptionName]
}

/** Sats of an amount in coins with at most eight decimals; undefined for anything else. [Core ParseMoney] */
function parseAmount(text: string): number | undefined {
  const parts = /^\s*(\d{1,10})(?:\.(\d{0,8}))?\s*$/.exec(text)
  if (parts === null) return undefined
  const [, whole, fraction = ''] = parts
  return Number(whole) * 100_000_000 + Number(fraction.padEnd(8, '0'))
}
