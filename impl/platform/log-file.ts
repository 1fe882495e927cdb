import fs from 'node:fs'

/** Appends lines to a file, each at once, so that a reader finds what has happened. */
export class LogFile {
  readonly #path: string
  #descriptor: number

  constructor(path: string) {
    this.#path = path
    this.#descriptor = this.#open()
  }

  write(line: string): void {
    fs.writeSync(this.#descriptor, line)
  }

  /** Goes on in a new file after the old one was renamed. */
  reopen(): void {
    fs.closeSync(this.#descriptor)
    this.#descriptor = this.#open()
  }

  #open(): number {
    return fs.openSync(this.#path, 'a', 0o600)
  }
}
