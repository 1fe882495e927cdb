const FRAME_BYTES = 8

/** The blocks in a file of `magic ‖ length ‖ block` records, as views. */
export function* blockRecords(bytes: Buffer): Generator<Uint8Array> {
  for (let offset = 0; offset + FRAME_BYTES <= bytes.length; ) {
    const start = offset + FRAME_BYTES
    offset = start + bytes.readUInt32LE(offset + 4)
    yield bytes.subarray(start, offset)
  }
}
