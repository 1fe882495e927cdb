import { decodeAddress } from '../address-encoding/index.ts'
import { encodePush } from '../script-engine/index.ts'
import { bytesToHex, concatBytes, EMPTY_BYTES, type TransactionParts, type TxOutput } from '../wire/index.ts'
import { kindOf } from './json-kind.ts'
import { type JsonRecord, parseHash, parseHex, recordOf } from './member.ts'
import type { RpcNode } from './node.ts'
import { readAmount } from './parameter.ts'
import { invalidParameter, RPC, RpcError } from './rpc-error.ts'

/** Sequences: final, final but for the lock time, open to replacement. [BIP125] */
const FINAL = 0xffffffff
const NON_FINAL = 0xfffffffe
const REPLACEABLE = 0xfffffffd
const LOCK_TIME_MAX = 0xffffffff
/** [Core TX_MIN_STANDARD_VERSION, TX_MAX_STANDARD_VERSION] */
const VERSION_MAX = 3
const OP_RETURN = Uint8Array.of(0x6a)

/** What a caller wants in a transaction. */
export interface TransactionWish {
  readonly inputs: readonly unknown[]
  /** One object, or an array of objects with one member each: amounts by address, or hex under `data`. */
  readonly outputs: unknown
  readonly locktime: number
  readonly replaceable: boolean | undefined
  readonly version: number
}

/** The parts of an unsigned transaction. Throws RpcError. [Core ConstructTransaction] */
export function constructTransaction(wish: TransactionWish, node: RpcNode): TransactionParts {
  const { locktime, replaceable, version } = wish
  if (locktime < 0 || locktime > LOCK_TIME_MAX)
    throw invalidParameter('Invalid parameter, locktime out of range')
  if (version < 1 || version > VERSION_MAX)
    throw invalidParameter(`Invalid parameter, version out of range(1~${VERSION_MAX})`)
  const sequence = (replaceable ?? true) ? REPLACEABLE : locktime > 0 ? NON_FINAL : FINAL
  const inputs = wish.inputs.map((input) => readInput(recordOf(input), sequence))
  const outputs = readOutputs(wish.outputs, node)
  if (replaceable === true && inputs.length > 0 && inputs.every((input) => input.sequence > REPLACEABLE))
    throw invalidParameter('Invalid parameter combination: Sequence number(s) contradict replaceable option')
  return { version, inputs, outputs, lockTime: locktime }
}

function readInput(input: JsonRecord, fallback: number): TransactionParts['inputs'][number] {
  const { vout, sequence = fallback } = input
  const prevTxid = parseHash(input.txid, 'txid')
  if (typeof vout !== 'number') throw invalidParameter('Invalid parameter, missing vout key')
  if (vout < 0) throw invalidParameter('Invalid parameter, vout cannot be negative')
  if (!Number.isSafeInteger(vout) || vout > FINAL) throw new RpcError(RPC.misc, 'JSON integer out of range')
  const isInRange = Number.isSafeInteger(sequence) && Number(sequence) >= 0 && Number(sequence) <= FINAL
  if (!isInRange) throw invalidParameter('Invalid parameter, sequence number is out of range')
  return { prevTxid, prevIndex: vout, scriptSig: EMPTY_BYTES, sequence: Number(sequence) }
}

function readOutputs(wish: unknown, node: RpcNode): TxOutput[] {
  const seen = new Set<string>()
  return pairsOf(wish).map(([name, value]) => {
    if (name === 'data') {
      if (seen.has(name)) throw invalidParameter('Invalid parameter, duplicate key: data')
      seen.add(name)
      return { value: 0, script: concatBytes(OP_RETURN, encodePush(parseHex(value, 'Data'))) }
    }
    const { chain, crypto } = node.view
    const sats = readAmount(value)
    const script = decodeAddress(name, chain.chain.addresses, crypto)
    if (!(script instanceof Uint8Array))
      throw new RpcError(RPC.addressOrKey, `Invalid Bitcoin address: ${name}`)
    const key = bytesToHex(script)
    if (seen.has(key)) throw invalidParameter(`Invalid parameter, duplicated address: ${name}`)
    seen.add(key)
    return { value: sats, script }
  })
}

function pairsOf(wish: unknown): [string, unknown][] {
  if (kindOf(wish) === 'null') throw invalidParameter('Invalid parameter, output argument must be non-null')
  if (!Array.isArray(wish)) return Object.entries(recordOf(wish))
  return wish.map((item) => {
    if (kindOf(item) !== 'object')
      throw invalidParameter('Invalid parameter, key-value pair not an object as expected')
    const [pair, ...rest] = Object.entries(item as JsonRecord)
    if (pair === undefined || rest.length > 0)
      throw invalidParameter('Invalid parameter, key-value pair must contain exactly one key')
    return pair
  })
}
