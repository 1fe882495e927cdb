import type { Format } from './format.ts'

/** An unsigned byte. */
export const uint8: Format<number> = {
  read: (source) => source.take(1, (view, at) => view.getUint8(at)),
  write: (value, sink) => sink.put(1, (view, at) => view.setUint8(at, value)),
}

const uint16: Format<number> = {
  read: (source) => source.take(2, (view, at) => view.getUint16(at, true)),
  write: (value, sink) => sink.put(2, (view, at) => view.setUint16(at, value, true)),
}

/** An unsigned 32-bit number, little-endian. */
export const uint32: Format<number> = {
  read: (source) => source.take(4, (view, at) => view.getUint32(at, true)),
  write: (value, sink) => sink.put(4, (view, at) => view.setUint32(at, value, true)),
}

/** A signed 32-bit number, little-endian. */
export const int32: Format<number> = {
  read: (source) => source.take(4, (view, at) => view.getInt32(at, true)),
  write: (value, sink) => sink.put(4, (view, at) => view.setInt32(at, value, true)),
}

/** A signed 64-bit number, little-endian. */
export const int64: Format<bigint> = {
  read: (source) => source.take(8, (view, at) => view.getBigInt64(at, true)),
  write: (value, sink) => sink.put(8, (view, at) => view.setBigInt64(at, value, true)),
}

const uint64: Format<bigint> = {
  read: (source) => source.take(8, (view, at) => view.getBigUint64(at, true)),
  write: (value, sink) => sink.put(8, (view, at) => view.setBigUint64(at, value, true)),
}

/** A count or length. It MUST take the fewest bytes that hold it. [Core ReadCompactSize] */
export const compactSize: Format<number> = {
  read(source) {
    const first = uint8.read(source)
    if (first < 0xfd) return first
    const value =
      first === 0xfd
        ? uint16.read(source)
        : first === 0xfe
          ? uint32.read(source)
          : Number(uint64.read(source))
    const least = first === 0xfd ? 0xfd : first === 0xfe ? 0x10000 : 0x100000000
    return value < least ? source.fail('non-canonical CompactSize') : value
  },
  write(value, sink) {
    if (value < 0xfd) return uint8.write(value, sink)
    if (value <= 0xffff) return prefixed(0xfd, uint16, value)
    if (value <= 0xffffffff) return prefixed(0xfe, uint32, value)
    return prefixed(0xff, uint64, BigInt(value))

    function prefixed<Value>(prefix: number, format: Format<Value>, rest: Value): void {
      uint8.write(prefix, sink)
      format.write(rest, sink)
    }
  },
}

/** Bytes behind their length. */
export const varBytes: Format<Uint8Array> = {
  read: (source) => source.takeBytes(compactSize.read(source)),
  write: (bytes, sink) => {
    compactSize.write(bytes.length, sink)
    sink.putBytes(bytes)
  },
}

/** Items behind their count. */
export function listOf<Value>(item: Format<Value>): Format<readonly Value[]> {
  return {
    read: (source) => {
      const count = compactSize.read(source)
      const items: Value[] = []
      while (items.length < count) items.push(item.read(source))
      return items
    },
    write: (items, sink) => {
      compactSize.write(items.length, sink)
      for (const value of items) item.write(value, sink)
    },
  }
}

/** Fields in the order in which they are declared. */
export function struct<Value extends object>(
  fields: { readonly [Name in keyof Value]-?: Format<Value[Name]> },
): Format<Value> {
  const entries = Object.entries(fields) as [keyof Value, Format<Value[keyof Value]>][]
  return {
    read: (source) => {
      const value: Partial<Value> = {}
      for (const [name, format] of entries) value[name] = format.read(source)
      return value as Value
    },
    write: (value, sink) => {
      for (const [name, format] of entries) format.write(value[name], sink)
    },
  }
}
