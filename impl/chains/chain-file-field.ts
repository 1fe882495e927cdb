import { hexToBytes } from '../wire/index.ts'

/** A chain file says something that it must not. The message is one line: where, and what was expected. */
export class ChainFileError extends Error {}

const HEX = 'lower-case hex, two digits a byte'

/** A value of a chain file together with the place where it stands. */
export class Field {
  readonly value: unknown
  readonly #path: string

  constructor(value: unknown, path: string) {
    this.value = value
    this.#path = path
  }

  expected(what: string): ChainFileError {
    return new ChainFileError(`chain file: ${this.#path === '' ? 'top level' : this.#path}: expected ${what}`)
  }

  at(name: string): Field {
    return this.optional(name) ?? this.child(name, undefined)
  }

  optional(name: string): Field | undefined {
    const record = this.#record()
    return record[name] === undefined ? undefined : this.child(name, record[name])
  }

  child(name: string, value: unknown): Field {
    return new Field(value, this.#path === '' ? name : `${this.#path}.${name}`)
  }

  /** Refuses names that are not listed. */
  only(names: readonly string[]): this {
    for (const name of Object.keys(this.#record()))
      if (!names.includes(name)) throw this.child(name, undefined).expected('no such field')
    return this
  }

  entries(): [string, Field][] {
    return Object.entries(this.#record()).map(([name, value]) => [name, this.child(name, value)])
  }

  list(): Field[] {
    if (!Array.isArray(this.value)) throw this.expected('a list')
    return this.value.map((value, i) => this.child(String(i), value))
  }

  integer(min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): number {
    if (!Number.isSafeInteger(this.value) || (this.value as number) < min || (this.value as number) > max)
      throw this.expected(`a whole number from ${min} to ${max}`)
    return this.value as number
  }

  flag(): boolean {
    if (typeof this.value !== 'boolean') throw this.expected('true or false')
    return this.value
  }

  text(pattern: RegExp, what: string): string {
    if (typeof this.value !== 'string' || !pattern.test(this.value)) throw this.expected(what)
    return this.value
  }

  oneOf<T extends string>(choices: readonly T[]): T {
    const found = choices.find((choice) => choice === this.value)
    if (found === undefined) throw this.expected(`one of ${choices.join(', ')}`)
    return found
  }

  bytes(length?: number): Uint8Array {
    // Pairs are counted, not matched: an expression over pairs fails on some megabytes.
    const digits = this.text(/^[0-9a-f]*$/, HEX)
    if (digits.length % 2 !== 0) throw this.expected(HEX)
    const bytes = hexToBytes(digits)!
    if (length !== undefined && bytes.length !== length) throw this.expected(`${2 * length} hex digits`)
    return bytes
  }

  /** 64 hex digits as people write hashes and targets. */
  hash(): string {
    return this.text(/^[0-9a-f]{64}$/, '64 hex digits')
  }

  hashName(name: string): string {
    if (!/^[0-9a-f]{64}$/.test(name)) throw this.expected('a name of 64 hex digits')
    return name
  }

  #record(): Readonly<Record<string, unknown>> {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value))
      throw this.expected('an object')
    return this.value as Readonly<Record<string, unknown>>
  }
}
