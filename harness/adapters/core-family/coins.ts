import { secp256k1 } from '@noble/curves/secp256k1.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js'
import { TargetError } from '../abstention.ts'

/** One unspent output as a daemon holds it. */
export interface DaemonCoin {
  /** As serialized. */
  readonly txid: Uint8Array
  readonly index: number
  readonly height: number
  readonly isCoinbase: boolean
  readonly value: bigint
  readonly script: Uint8Array
}

const MAGIC = '7574786fff'
const MAGIC_BYTES = 5
const VERSION = 2

/** Reads what `dumptxoutset` writes, in its form of today or in the one before Core 28. [Core rpc/blockchain.cpp WriteUTXOSnapshot] */
export function readCoinDump(bytes: Uint8Array): DaemonCoin[] {
  const reader = new Reader(bytes)
  return bytesToHex(bytes.subarray(0, MAGIC_BYTES)) === MAGIC ? coinsOfToday(reader) : coinsOfOld(reader)
}

/** Magic, version, network, tip, count; then the coins of each transaction together. [Core node/utxo_snapshot.h SnapshotMetadata] */
function coinsOfToday(reader: Reader): DaemonCoin[] {
  reader.take(MAGIC_BYTES)
  if (reader.uint(2) !== VERSION)
    throw new TargetError('the dump of its coins has a form that is not known here')
  reader.take(4 + 32)
  const count = reader.uint64()
  const coins: DaemonCoin[] = []
  while (coins.length < count) {
    const txid = reader.take(32)
    for (let left = reader.compactSize(); left > 0; left--)
      coins.push(readCoin(reader, txid, reader.compactSize()))
  }
  return coins
}

/** Tip, count, number of transactions; then each coin with its whole outpoint. [Core 0.21 node/utxo_snapshot.h] */
function coinsOfOld(reader: Reader): DaemonCoin[] {
  reader.take(32)
  const count = reader.uint64()
  reader.take(4)
  const coins: DaemonCoin[] = []
  while (coins.length < count) coins.push(readCoin(reader, reader.take(32), reader.uint(4)))
  return coins
}

/** The sum of the coins' hashes, as `coin-digest.md` beside the ports says. */
export function digestOfCoins(coins: readonly DaemonCoin[]): string {
  const sum = coins.reduce((total, coin) => (total + hashOf(coin)) % 2n ** 256n, 0n)
  return sum.toString(16).padStart(64, '0')
}

function hashOf({ txid, index, height, isCoinbase, value, script }: DaemonCoin): bigint {
  const head = Buffer.alloc(16)
  head.writeUInt32LE(index, 0)
  head.writeUInt32LE(height * 2 + (isCoinbase ? 1 : 0), 4)
  head.writeBigUInt64LE(value, 8)
  const hash = sha256(concatBytes(txid, head, compactSize(script.length), script))
  return BigInt(`0x${bytesToHex(hash.reverse())}`)
}

function compactSize(value: number): Uint8Array {
  if (value < 0xfd) return Uint8Array.of(value)
  const bytes = Buffer.alloc(3)
  bytes[0] = 0xfd
  bytes.writeUInt16LE(value, 1)
  return bytes
}

function readCoin(reader: Reader, txid: Uint8Array, index: number): DaemonCoin {
  const code = Number(reader.varint())
  const value = decompressAmount(reader.varint())
  const script = readScript(reader)
  return { txid, index, height: Math.floor(code / 2), isCoinbase: code % 2 === 1, value, script }
}

/** [Core compressor.cpp DecompressAmount] */
function decompressAmount(compressed: bigint): bigint {
  if (compressed === 0n) return 0n
  let rest = compressed - 1n
  const exponent = rest % 10n
  rest /= 10n
  if (exponent === 9n) return (rest + 1n) * 10n ** 9n
  const digit = (rest % 9n) + 1n
  return ((rest / 9n) * 10n + digit) * 10n ** exponent
}

const SPECIAL_SCRIPTS = 6

/** Scripts of six kinds are stored as what differs in them. [Core compressor.cpp DecompressScript] */
function readScript(reader: Reader): Uint8Array {
  const kind = Number(reader.varint())
  if (kind >= SPECIAL_SCRIPTS) return reader.take(kind - SPECIAL_SCRIPTS)
  const script = (head: number[], body: Uint8Array, tail: number[]) =>
    concatBytes(Uint8Array.from(head), body, Uint8Array.from(tail))
  if (kind === 0) return script([0x76, 0xa9, 0x14], reader.take(20), [0x88, 0xac])
  if (kind === 1) return script([0xa9, 0x14], reader.take(20), [0x87])
  const x = reader.take(32)
  if (kind <= 3) return script([0x21, kind], x, [0xac])
  const key = secp256k1.Point.fromBytes(concatBytes(Uint8Array.of(kind - 2), x)).toBytes(false)
  return script([0x41], key, [0xac])
}

class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new TargetError('the dump of its coins ends too early')
    this.#at += length
    return this.#bytes.slice(this.#at - length, this.#at)
  }

  uint(length: number): number {
    return Buffer.from(this.take(length)).readUIntLE(0, length)
  }

  uint64(): number {
    return this.uint(4) + this.uint(4) * 2 ** 32
  }

  compactSize(): number {
    const first = this.uint(1)
    if (first < 0xfd) return first
    return this.uint(first === 0xfd ? 2 : 4)
  }

  /** Most significant digits first, base 128, each continued digit counted one more. [Core serialize.h ReadVarInt] */
  varint(): bigint {
    let value = 0n
    for (;;) {
      const byte = this.uint(1)
      value = (value << 7n) | BigInt(byte & 0x7f)
      if ((byte & 0x80) === 0) return value
      value += 1n
    }
  }
}
