import type { Files } from '../../ports/index.ts'
import { type ReadGate, type Survival, surviving, type WriteGate } from './disk-contract.ts'

const SECTOR_BYTES = 512

interface SimulatedFile {
  bytes: Uint8Array
  length: number
  syncedLength: number
}

/** Files in memory that remember how much of each has been synced. Renames and removals are durable at once. */
export class SimulatedFiles implements Files {
  readonly #files = new Map<string, SimulatedFile>()
  readonly #beforeWrite: WriteGate
  readonly #beforeRead: ReadGate
  #misdirectTo: number | undefined

  constructor(beforeWrite: WriteGate, beforeRead: ReadGate) {
    this.#beforeWrite = beforeWrite
    this.#beforeRead = beforeRead
  }

  list(): string[] {
    this.#beforeRead()
    return [...this.#files.keys()].sort()
  }

  size(name: string): number {
    this.#beforeRead()
    return this.#files.get(name)?.length ?? 0
  }

  read(name: string, offset: number, length: number): Uint8Array {
    this.#beforeRead()
    const file = this.#files.get(name)
    if (file === undefined) return new Uint8Array(0)
    return file.bytes.slice(offset, Math.min(offset + length, file.length))
  }

  append(name: string, bytes: Uint8Array): number {
    this.#beforeWrite('grow')
    const file = this.#files.get(name) ?? this.#create(name)
    const offset = file.length
    if (offset + bytes.length > file.bytes.length) grow(file, offset + bytes.length)
    const misdirectTo = this.#misdirectTo
    this.#misdirectTo = undefined
    // Where they belong is what a new sector holds: nothing.
    if (misdirectTo === undefined) file.bytes.set(bytes, offset)
    else file.bytes.fill(0, offset, offset + bytes.length)
    file.length = offset + bytes.length
    if (misdirectTo !== undefined) this.#overwrite(misdirectTo, bytes)
    return offset
  }

  truncate(name: string, length: number): void {
    this.#beforeWrite('other')
    const file = this.#files.get(name)
    if (file === undefined || length >= file.length) return
    file.length = length
    file.syncedLength = Math.min(file.syncedLength, length)
  }

  sync(name: string): void {
    this.#beforeWrite('other')
    const file = this.#files.get(name)
    if (file !== undefined) file.syncedLength = file.length
  }

  rename(from: string, to: string): void {
    this.#beforeWrite('other')
    const file = this.#files.get(from)
    if (file === undefined) throw new Error(`no such file: ${from}`)
    this.#files.delete(from)
    this.#files.set(to, file)
  }

  remove(name: string): void {
    this.#beforeWrite('other')
    this.#files.delete(name)
  }

  /** The machine has stopped: each un-synced tail is cut, and the last sector of what is kept reads as zeros. */
  loseUnsynced(survives: Survival): void {
    for (const file of this.#files.values()) {
      const unsynced = file.length - file.syncedLength
      file.length = file.syncedLength + surviving(unsynced, survives)
      const torn = Math.max(file.syncedLength, file.length - (file.length % SECTOR_BYTES))
      if (unsynced > 0) file.bytes.fill(0, torn, file.length)
      file.syncedLength = file.length
    }
  }

  /** Total bytes stored. */
  get storedBytes(): number {
    let total = 0
    for (const file of this.#files.values()) total += file.length
    return total
  }

  /** Inverts the lowest bit of the byte at this position, counted through the files by name. */
  flip(position: number): void {
    const place = this.#placeOf(position)
    if (place !== undefined) place.file.bytes[place.offset]! ^= 1
  }

  /** The next bytes that are appended land at this position instead, as far as that file goes. */
  misdirectNext(position: number): void {
    this.#misdirectTo = position
  }

  /** Every file is gone. */
  wipe(): void {
    this.#files.clear()
    this.#misdirectTo = undefined
  }

  #overwrite(position: number, bytes: Uint8Array): void {
    const place = this.#placeOf(position)
    if (place === undefined) return
    const { file, offset } = place
    file.bytes.set(bytes.subarray(0, file.length - offset), offset)
  }

  /** Where this position lies, modulo all that is stored, counted through the files by name. */
  #placeOf(position: number): { readonly file: SimulatedFile; readonly offset: number } | undefined {
    const size = this.storedBytes
    let offset = size === 0 ? 0 : position % size
    for (const name of [...this.#files.keys()].sort()) {
      const file = this.#files.get(name)!
      if (offset < file.length) return { file, offset }
      offset -= file.length
    }
    return undefined
  }

  #create(name: string): SimulatedFile {
    const file = { bytes: new Uint8Array(4096), length: 0, syncedLength: 0 }
    this.#files.set(name, file)
    return file
  }
}

function grow(file: SimulatedFile, needed: number): void {
  const bytes = new Uint8Array(Math.max(needed, file.bytes.length * 2))
  bytes.set(file.bytes.subarray(0, file.length))
  file.bytes = bytes
}
