import type { Hasher } from '../wire/index.ts'

/** What a piece of work did, counted: it is the same on every machine. */
export interface Work {
  /** Entries put into sets and maps. */
  readonly entries: number
  /** Bytes copied from one array to another. */
  readonly copiedBytes: number
  /** Hashes computed. */
  readonly hashes: number
}

/** Counts what happens in this process while `work` runs, and what is hashed by `hasher`. */
export function measureWork(work: () => void, hasher: Hasher): Work {
  const prototypes = { set: Set.prototype, map: Map.prototype, bytes: Uint8Array.prototype }
  const { add } = prototypes.set
  const { set: put } = prototypes.map
  const { set: copy, slice } = prototypes.bytes
  let entries = 0
  let copiedBytes = 0
  let hashes = 0
  prototypes.set.add = function counted(value) {
    entries++
    return add.call(this, value)
  }
  prototypes.map.set = function counted(key, value) {
    entries++
    return put.call(this, key, value)
  }
  prototypes.bytes.set = function counted(source, offset) {
    copiedBytes += source.length
    copy.call(this, source, offset)
  }
  prototypes.bytes.slice = function counted(start, end) {
    const copied = slice.call(this, start, end)
    copiedBytes += copied.length
    return copied
  }
  const { sha256, hash256 } = hasher
  const counting = hasher as Mutable<Hasher>
  counting.sha256 = function counted(data) {
    hashes++
    return sha256.call(this, data)
  }
  counting.hash256 = function counted(data) {
    hashes++
    return hash256.call(this, data)
  }
  try {
    work()
  } finally {
    counting.sha256 = sha256
    counting.hash256 = hash256
    prototypes.set.add = add
    prototypes.map.set = put
    prototypes.bytes.set = copy
    prototypes.bytes.slice = slice
  }
  return { entries, copiedBytes, hashes }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
