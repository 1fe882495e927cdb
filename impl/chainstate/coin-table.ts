import { CoinArena } from './coin-arena.ts'
import {
  codeAt,
  OUTPOINT_BYTES,
  recordLength,
  recordLengthAt,
  scriptAt,
  valueAt,
  writeTail,
} from './coin-record.ts'

/** The entry differs from the store. */
export const DIRTY = 1
/** The store has no coin under this outpoint, so a spent entry may simply be dropped. */
export const FRESH = 2
/** The coin has been spent. */
export const SPENT = 4

export const NO_ENTRY = -1
const SLOTS_MIN = 1 << 6

/**
 * A hash table of coins over typed arrays: open addressing, linear probing, records in an arena. An entry is a small
 * number that stays the same until it is removed. `salt` keeps the positions unforeseeable.
 */
export class CoinTable {
  readonly #arena = new CoinArena()
  readonly #salt: number
  #slots = new Int32Array(SLOTS_MIN)
  #refs = new Uint32Array(SLOTS_MIN)
  #hashes = new Int32Array(SLOTS_MIN)
  #flags = new Uint8Array(SLOTS_MIN)
  #free: number[] = []
  readonly #removed: number[] = []
  #entries = 0
  #count = 0

  constructor(salt: number) {
    this.#salt = salt | 0
  }

  /** One more than the highest entry number. */
  get entryEnd(): number {
    return this.#entries
  }

  /** Bytes in use, which decides when to flush. */
  get bytesUsed(): number {
    return this.#arena.bytesUsed + this.#count * 17
  }

  /** Entry of an outpoint, or NO_ENTRY. */
  find(outpoint: Uint8Array): number {
    const hash = this.#hash(outpoint)
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]! - 1
      if (entry < 0) return NO_ENTRY
      if (this.#hashes[entry] === hash && this.#isAt(entry, outpoint)) return entry
    }
  }

  /** Adds a coin under an outpoint that has no entry. */
  insert(outpoint: Uint8Array, code: number, value: number, script: Uint8Array, flags: number): number {
    const entry = this.#newEntry(outpoint, recordLength(script.length), flags)
    const ref = this.#refs[entry]!
    writeTail(
      this.#arena.bytesOf(ref),
      this.#arena.viewOf(ref),
      this.#arena.offsetOf(ref),
      code,
      value,
      script,
    )
    return entry
  }

  /** The same with the tail of a record as bytes. */
  insertTail(outpoint: Uint8Array, tail: Uint8Array, flags: number): number {
    const entry = this.#newEntry(outpoint, OUTPOINT_BYTES + tail.length, flags)
    const ref = this.#refs[entry]!
    this.#arena.bytesOf(ref).set(tail, this.#arena.offsetOf(ref) + OUTPOINT_BYTES)
    return entry
  }

  /** Takes an entry out. Views of its bytes stay good until `reuseRemoved`. */
  remove(entry: number): void {
    const mask = this.#slots.length - 1
    let hole = this.#hashes[entry]! & mask
    while (this.#slots[hole] !== entry + 1) hole = (hole + 1) & mask
    for (let slot = (hole + 1) & mask; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const home = this.#hashes[this.#slots[slot]! - 1]! & mask
      if (((slot - home) & mask) >= ((slot - hole) & mask)) {
        this.#slots[hole] = this.#slots[slot]!
        hole = slot
      }
    }
    this.#slots[hole] = 0
    this.#removed.push(this.#refs[entry]!)
    this.#refs[entry] = NO_REF
    this.#flags[entry] = 0
    this.#free.push(entry)
    this.#count--
  }

  /** Lets later coins have the room of those removed so far. */
  reuseRemoved(): void {
    for (const ref of this.#removed)
      this.#arena.release(ref, recordLengthAt(this.#arena.bytesOf(ref), this.#arena.offsetOf(ref)))
    this.#removed.length = 0
  }

  /** True while the number stands for an entry. */
  isUsed(entry: number): boolean {
    return this.#refs[entry] !== NO_REF
  }

  flags(entry: number): number {
    return this.#flags[entry]!
  }

  setFlags(entry: number, flags: number): void {
    this.#flags[entry] = flags
  }

  /** height·2 + isCoinbase. */
  code(entry: number): number {
    const ref = this.#refs[entry]!
    return codeAt(this.#arena.viewOf(ref), this.#arena.offsetOf(ref))
  }

  value(entry: number): number {
    const ref = this.#refs[entry]!
    return valueAt(this.#arena.viewOf(ref), this.#arena.offsetOf(ref))
  }

  /** A view: good until the entry is removed and its room reused. */
  script(entry: number): Uint8Array {
    const ref = this.#refs[entry]!
    return scriptAt(this.#arena.bytesOf(ref), this.#arena.offsetOf(ref))
  }

  /** The whole record, as a view. */
  record(entry: number): Uint8Array {
    const ref = this.#refs[entry]!
    const bytes = this.#arena.bytesOf(ref)
    const offset = this.#arena.offsetOf(ref)
    return bytes.subarray(offset, offset + recordLengthAt(bytes, offset))
  }

  clear(): void {
    this.#arena.clear()
    this.#slots = new Int32Array(SLOTS_MIN)
    this.#refs = new Uint32Array(SLOTS_MIN)
    this.#hashes = new Int32Array(SLOTS_MIN)
    this.#flags = new Uint8Array(SLOTS_MIN)
    this.#free = []
    this.#removed.length = 0
    this.#entries = 0
    this.#count = 0
  }

  #newEntry(outpoint: Uint8Array, length: number, flags: number): number {
    if (2 * (this.#count + 1) > this.#slots.length) this.#growSlots()
    const entry = this.#free.pop() ?? this.#entries++
    if (entry >= this.#refs.length) this.#growEntries()
    const hash = this.#hash(outpoint)
    const ref = this.#arena.allocate(length)
    this.#arena.bytesOf(ref).set(outpoint, this.#arena.offsetOf(ref))
    this.#refs[entry] = ref
    this.#hashes[entry] = hash
    this.#flags[entry] = flags
    this.#place(entry, hash)
    this.#count++
    return entry
  }

  #place(entry: number, hash: number): void {
    const mask = this.#slots.length - 1
    let slot = hash & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = entry + 1
  }

  #growSlots(): void {
    this.#slots = new Int32Array(2 * this.#slots.length)
    for (let entry = 0; entry < this.#entries; entry++)
      if (this.#refs[entry] !== NO_REF) this.#place(entry, this.#hashes[entry]!)
  }

  #growEntries(): void {
    const size = 2 * this.#refs.length
    const refs = new Uint32Array(size)
    refs.set(this.#refs)
    const hashes = new Int32Array(size)
    hashes.set(this.#hashes)
    const flags = new Uint8Array(size)
    flags.set(this.#flags)
    this.#refs = refs
    this.#hashes = hashes
    this.#flags = flags
  }

  #isAt(entry: number, outpoint: Uint8Array): boolean {
    const ref = this.#refs[entry]!
    const bytes = this.#arena.bytesOf(ref)
    const at = this.#arena.offsetOf(ref)
    for (let i = 0; i < OUTPOINT_BYTES; i++) if (bytes[at + i] !== outpoint[i]) return false
    return true
  }

  /** Eight bytes of the id and the index, stirred. Ids are hashes already; the salt is what an attacker lacks. */
  #hash(o: Uint8Array): number {
    let h = this.#salt ^ (o[0]! | (o[1]! << 8) | (o[2]! << 16) | (o[3]! << 24))
    h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
    h ^= o[4]! | (o[5]! << 8) | (o[6]! << 16) | (o[7]! << 24)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35) ^ this.#salt
    h ^= o[32]! | (o[33]! << 8) | (o[34]! << 16)
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    return h ^ (h >>> 13)
  }
}

const NO_REF = 0xffffffff
