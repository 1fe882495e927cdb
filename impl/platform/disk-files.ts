import fs from 'node:fs'
import path from 'node:path'
import type { Files } from '../storage/index.ts'
import { lockDirectory } from './directory-lock.ts'

interface OpenFile {
  readonly descriptor: number
  length: number
}

/** Files in one directory, which is made if it is missing and belongs to one process at a time. All calls block. */
export class DiskFiles implements Files {
  readonly #directory: string
  readonly #unlock: () => void
  readonly #open = new Map<string, OpenFile>()

  /** Throws StoreError while another process uses the directory. */
  constructor(directory: string) {
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 })
    this.#unlock = lockDirectory(directory)
    this.#directory = directory
  }

  list(): string[] {
    return fs
      .readdirSync(this.#directory, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .sort()
  }

  size(name: string): number {
    return this.#open.get(name)?.length ?? fs.statSync(this.#path(name), { throwIfNoEntry: false })?.size ?? 0
  }

  read(name: string, offset: number, length: number): Uint8Array {
    if (this.size(name) === 0) return new Uint8Array(0)
    const { descriptor } = this.#file(name)
    const bytes = new Uint8Array(length)
    let done = 0
    while (done < length) {
      const count = fs.readSync(descriptor, bytes, done, length - done, offset + done)
      if (count === 0) break
      done += count
    }
    return bytes.subarray(0, done)
  }

  append(name: string, bytes: Uint8Array): number {
    const file = this.#file(name)
    const offset = file.length
    for (let done = 0; done < bytes.length; )
      done += fs.writeSync(file.descriptor, bytes, done, bytes.length - done, offset + done)
    file.length = offset + bytes.length
    return offset
  }

  truncate(name: string, length: number): void {
    const file = this.#file(name)
    fs.ftruncateSync(file.descriptor, length)
    file.length = length
  }

  sync(name: string): void {
    fs.fdatasyncSync(this.#file(name).descriptor)
    this.#syncDirectory()
  }

  rename(from: string, to: string): void {
    this.#close(from)
    this.#close(to)
    fs.renameSync(this.#path(from), this.#path(to))
    this.#syncDirectory()
  }

  remove(name: string): void {
    this.#close(name)
    fs.rmSync(this.#path(name), { force: true })
    this.#syncDirectory()
  }

  close(): void {
    for (const name of [...this.#open.keys()]) this.#close(name)
    this.#unlock()
  }

  #file(name: string): OpenFile {
    let file = this.#open.get(name)
    if (file === undefined) {
      const descriptor = fs.openSync(this.#path(name), fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600)
      file = { descriptor, length: fs.fstatSync(descriptor).size }
      this.#open.set(name, file)
    }
    return file
  }

  #close(name: string): void {
    const file = this.#open.get(name)
    if (file === undefined) return
    fs.closeSync(file.descriptor)
    this.#open.delete(name)
  }

  /** A new name is durable only when its directory is. */
  #syncDirectory(): void {
    const descriptor = fs.openSync(this.#directory, fs.constants.O_RDONLY)
    try {
      fs.fsyncSync(descriptor)
    } finally {
      fs.closeSync(descriptor)
    }
  }

  #path(name: string): string {
    return path.join(this.#directory, name)
  }
}
