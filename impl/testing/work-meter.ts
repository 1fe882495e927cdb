/** What a piece of work did, counted: it is the same on every machine. */
export interface Work {
  /** Entries put into sets and maps. */
  readonly entries: number
  /** Bytes copied from one array to another. */
  readonly copiedBytes: number
}

/** Counts what happens in this process while `work` runs. */
export function measureWork(work: () => void): Work {
  const prototypes = { set: Set.prototype, map: Map.prototype, bytes: Uint8Array.prototype }
  const { add } = prototypes.set
  const { set: put } = prototypes.map
  const { set: copy, slice } = prototypes.bytes
  let entries = 0
  let copiedBytes = 0
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
  try {
    work()
  } finally {
    prototypes.set.add = add
    prototypes.map.set = put
    prototypes.bytes.set = copy
    prototypes.bytes.slice = slice
  }
  return { entries, copiedBytes }
}
