/**
 * A coin in memory, on disk and in undo data has one form, which is also what the coin digest hashes:
 * outpoint (36 bytes) ‖ height·2 + isCoinbase (u32 LE) ‖ value (u64 LE) ‖ CompactSize(script length) ‖ script.
 * Stored under its outpoint, a coin is the part after it: its tail.
 */
export const OUTPOINT_BYTES = 36
/** Longest script that may be spent; a longer one, or one that begins with OP_RETURN, makes no coin. [Core MAX_SCRIPT_SIZE] */
const SCRIPT_BYTES_MAX = 10_000
const OP_RETURN = 0x6a
const TAIL_FIXED_BYTES = 12
const SHORT_LENGTH_MAX = 252

/** Most bytes that a record can take. */
export const RECORD_BYTES_MAX = OUTPOINT_BYTES + TAIL_FIXED_BYTES + 3 + SCRIPT_BYTES_MAX

/** True for an output that can never be spent: it makes no coin. [Core CScript::IsUnspendable] */
export function isUnspendable(script: Uint8Array): boolean {
  return script.length > SCRIPT_BYTES_MAX || (script.length > 0 && script[0] === OP_RETURN)
}

/** Makes an outpoint that of another output of its transaction. */
export function setOutputIndex(outpoint: Uint8Array, index: number): void {
  outpoint[32] = index & 0xff
  outpoint[33] = (index >>> 8) & 0xff
  outpoint[34] = (index >>> 16) & 0xff
  outpoint[35] = index >>> 24
}

/** Bytes of a coin's record, outpoint included. */
export function recordLength(scriptLength: number): number {
  return OUTPOINT_BYTES + TAIL_FIXED_BYTES + (scriptLength <= SHORT_LENGTH_MAX ? 1 : 3) + scriptLength
}

/** Writes everything but the outpoint of a record that starts at `at`. */
export function writeTail(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  code: number,
  value: number,
  script: Uint8Array,
): void {
  const tail = at + OUTPOINT_BYTES
  view.setUint32(tail, code, true)
  view.setUint32(tail + 4, value % 0x100000000, true)
  view.setUint32(tail + 8, Math.floor(value / 0x100000000), true)
  let offset = tail + TAIL_FIXED_BYTES
  if (script.length <= SHORT_LENGTH_MAX) {
    bytes[offset++] = script.length
  } else {
    bytes[offset] = 253
    view.setUint16(offset + 1, script.length, true)
    offset += 3
  }
  bytes.set(script, offset)
}

/** height·2 + isCoinbase of the record at `at`. */
export function codeAt(view: DataView, at: number): number {
  return view.getUint32(at + OUTPOINT_BYTES, true)
}

export function valueAt(view: DataView, at: number): number {
  return view.getUint32(at + 40, true) + view.getUint32(at + 44, true) * 0x100000000
}

/** The script of the record at `at`, as a view. */
export function scriptAt(bytes: Uint8Array, at: number): Uint8Array {
  const lengthAt = at + OUTPOINT_BYTES + TAIL_FIXED_BYTES
  const first = bytes[lengthAt]!
  const start = first <= SHORT_LENGTH_MAX ? lengthAt + 1 : lengthAt + 3
  return bytes.subarray(start, start + scriptLengthAt(bytes, at))
}

function scriptLengthAt(bytes: Uint8Array, at: number): number {
  const lengthAt = at + OUTPOINT_BYTES + TAIL_FIXED_BYTES
  const first = bytes[lengthAt]!
  return first <= SHORT_LENGTH_MAX ? first : bytes[lengthAt + 1]! | (bytes[lengthAt + 2]! << 8)
}

/** Bytes of the record at `at`. */
export function recordLengthAt(bytes: Uint8Array, at: number): number {
  return recordLength(scriptLengthAt(bytes, at))
}

/** The coin of the record at `at`, copied. */
export function coinAt(bytes: Uint8Array, at: number): Coin {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const code = codeAt(view, at)
  return {
    height: code >>> 1,
    isCoinbase: (code & 1) === 1,
    value: valueAt(view, at),
    script: scriptAt(bytes, at).slice(),
  }
}

/** A coin as the rest of the node sees it; the script is a copy. */
export interface Coin {
  readonly height: number
  readonly isCoinbase: boolean
  /** Sats. */
  readonly value: number
  readonly script: Uint8Array
}
