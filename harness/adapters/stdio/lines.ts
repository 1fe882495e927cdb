/** What a line may have at most, in bytes: a block of eight megabytes, and no line without end. */
export const LINE_BYTES_MAX = 16 << 20

/** Cuts a stream of bytes into lines of UTF-8; blank ones are passed over. */
export class LineSplitter {
  readonly #heard: (line: string) => void
  readonly #bytesMax: number
  #pieces: Uint8Array[] = []
  #size = 0

  constructor(heard: (line: string) => void, bytesMax = LINE_BYTES_MAX) {
    this.#heard = heard
    this.#bytesMax = bytesMax
  }

  /** False when a line is too long: nothing more can be understood. */
  push(chunk: Uint8Array): boolean {
    let rest = chunk
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      this.#keep(rest.subarray(0, end))
      if (this.#size > this.#bytesMax) return false
      rest = rest.subarray(end + 1)
      this.end()
    }
    this.#keep(rest)
    return this.#size <= this.#bytesMax
  }

  /** Whatever there is of a last line. */
  end(): void {
    const line = Buffer.concat(this.#pieces).toString('utf8').trim()
    this.#pieces = []
    this.#size = 0
    if (line !== '') this.#heard(line)
  }

  #keep(piece: Uint8Array): void {
    this.#size += piece.length
    if (this.#size <= this.#bytesMax && piece.length > 0) this.#pieces.push(piece)
  }
}
