import { secp256k1 } from '@noble/curves/secp256k1.js'
import { type ByteReader, bytesToHex, concatBytes, type RawCoin, readWhole } from '../../wire/index.ts'
import { TargetError } from '../abstention.ts'

const MAGIC = '7574786fff'
const MAGIC_BYTES = 5
const VERSION = 2

/** Reads what `dumptxoutset` writes, in its form of today or in the one before Core 28. [Core rpc/blockchain.cpp WriteUTXOSnapshot] */
export function readCoinDump(bytes: Uint8Array): RawCoin[] {
  const readCoins = bytesToHex(bytes.subarray(0, MAGIC_BYTES)) === MAGIC ? coinsOfToday : coinsOfOld
  const coins = readWhole(bytes, readCoins)
  if (coins === undefined) throw new TargetError('the dump of its coins ends too early, or too late')
  return coins
}

/** Magic, version, network, tip, count; then the coins of each transaction together. [Core node/utxo_snapshot.h SnapshotMetadata] */
function coinsOfToday(reader: ByteReader): RawCoin[] {
  reader.take(MAGIC_BYTES)
  if (reader.uint16() !== VERSION)
    throw new TargetError('the dump of its coins has a form that is not known here')
  reader.take(4 + 32)
  const count = Number(reader.uint64())
  const coins: RawCoin[] = []
  while (coins.length < count) {
    const txid = reader.take(32)
    for (let left = reader.compactSize(); left > 0; left--)
      coins.push(readCoin(reader, txid, reader.compactSize()))
  }
  return coins
}

/** Tip, count, number of transactions; then each coin with its whole outpoint. [Core 0.21 node/utxo_snapshot.h] */
function coinsOfOld(reader: ByteReader): RawCoin[] {
  reader.take(32)
  const count = Number(reader.uint64())
  reader.take(4)
  const coins: RawCoin[] = []
  while (coins.length < count) coins.push(readCoin(reader, reader.take(32), reader.uint32()))
  return coins
}

function readCoin(reader: ByteReader, txid: Uint8Array, index: number): RawCoin {
  const code = Number(varint(reader))
  const value = decompressAmount(varint(reader))
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
function readScript(reader: ByteReader): Uint8Array {
  const kind = Number(varint(reader))
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

/** Most significant digits first, base 128, each continued digit counted one more. [Core serialize.h ReadVarInt] */
function varint(reader: ByteReader): bigint {
  let value = 0n
  for (;;) {
    const byte = reader.uint8()
    value = (value << 7n) | BigInt(byte & 0x7f)
    if ((byte & 0x80) === 0) return value
    value += 1n
  }
}
