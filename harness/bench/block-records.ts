const FRAME_BYTES = 8

/** The blocks in a file of `magic ‖ length ‖ block` records, as views. Throws when it ends within one. */
export function* blockRecords(bytes: Buffer): Generator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; ) {
    const start = offset + FRAME_BYTES
    const end = start > bytes.length ? start : start + bytes.readUInt32LE(offset + 4)
    if (end > bytes.length) throw new Error('the file ends within a block')
    yield bytes.subarray(start, end)
    offset = end
  }
}
