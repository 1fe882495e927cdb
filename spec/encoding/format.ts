/**
 * A format says once how a value crosses into bytes and back. `read` and `write` are inverse: exactly one
 * sequence of bytes stands for each value (canonical form).
 */
export interface Format<Value> {
  read(source: Source): Value
  write(value: Value, sink: Sink): void
}

/** Why bytes are not an encoding, and where: offset in bytes from the start. */
interface DecodeError {
  readonly problem: string
  readonly offset: number
}

/** A decoded value, or why there is none. */
export type Decoded<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: DecodeError }

/** Reads a whole value from all of the bytes: trailing bytes are an error. */
export function decodeAll<Value>(format: Format<Value>, bytes: Uint8Array): Decoded<Value> {
  return decodeWith(bytes, (source) => {
    const value = format.read(source)
    if (source.offset < bytes.length) source.fail(`${bytes.length - source.offset} trailing bytes`)
    return value
  })
}

/** Reads a value from the start of the bytes, whatever follows. */
export function decodeFirst<Value>(format: Format<Value>, bytes: Uint8Array): Decoded<Value> {
  return decodeWith(bytes, (source) => format.read(source))
}

function decodeWith<Value>(bytes: Uint8Array, read: (source: Source) => Value): Decoded<Value> {
  try {
    return { ok: true, value: read(new Source(bytes)) }
  } catch (failure) {
    if (failure instanceof DecodeFailure) return { ok: false, error: failure.error }
    throw failure
  }
}

/** The one sequence of bytes that stands for a value. */
export function encodeAll<Value>(format: Format<Value>, value: Value): Uint8Array {
  const sink = new Sink()
  format.write(value, sink)
  return sink.bytes()
}

class DecodeFailure extends Error {
  readonly error: DecodeError
  constructor(error: DecodeError) {
    super(`${error.problem} at byte ${error.offset}`)
    this.error = error
  }
}

/** Bytes being read, front to back. */
export class Source {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get offset(): number {
    return this.#offset
  }

  /** Ends the reading: `decodeAll` returns the problem as data. */
  fail(problem: string): never {
    throw new DecodeFailure({ problem, offset: this.#offset })
  }

  /** Calls a getter of the view on the next `length` bytes. */
  take<Value>(length: number, get: (view: DataView, at: number) => Value): Value {
    return get(this.#view, this.#advance(length))
  }

  /** A copy of the next `length` bytes, so that a value never keeps the message it came from alive. */
  takeBytes(length: number): Uint8Array {
    const at = this.#advance(length)
    return this.#bytes.slice(at, at + length)
  }

  #advance(length: number): number {
    const at = this.#offset
    if (length > this.#bytes.length - at) this.fail(`end of data: ${length} bytes wanted`)
    this.#offset = at + length
    return at
  }
}

/** Bytes being written, front to back, into a buffer that doubles when it is full. */
export class Sink {
  #buffer = new Uint8Array(256)
  #view = new DataView(this.#buffer.buffer)
  #length = 0

  /** Calls a setter of the view on the next `length` bytes. */
  put(length: number, set: (view: DataView, at: number) => void): void {
    const at = this.#advance(length) // first: it may replace the view
    set(this.#view, at)
  }

  putBytes(bytes: Uint8Array): void {
    const at = this.#advance(bytes.length)
    this.#buffer.set(bytes, at)
  }

  bytes(): Uint8Array {
    return this.#buffer.slice(0, this.#length)
  }

  #advance(length: number): number {
    const at = this.#length
    this.#length += length
    if (this.#length > this.#buffer.length) this.#grow()
    return at
  }

  #grow(): void {
    const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#length))
    larger.set(this.#buffer)
    this.#buffer = larger
    this.#view = new DataView(larger.buffer)
  }
}
