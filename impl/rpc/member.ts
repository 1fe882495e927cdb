import { hashFromHex, hexToBytes } from '../wire/index.ts'
import { type JsonKind, kindName, kindOf } from './json-kind.ts'
import { invalidParameter, RPC, RpcError } from './rpc-error.ts'

export type JsonRecord = Readonly<Record<string, unknown>>

/** An object within an argument. Throws RpcError. */
export function recordOf(value: unknown): JsonRecord {
  if (kindOf(value) !== 'object')
    throw new RpcError(
      RPC.type,
      `JSON value of type ${kindName(kindOf(value))} is not of expected type object`,
    )
  return value as JsonRecord
}

/** A member of an object within an argument; undefined when it is left out. Throws RpcError. [Core RPCTypeCheckObj] */
export function memberOf<Kind extends JsonKind>(
  from: JsonRecord,
  name: string,
  kind: Kind,
): JsonValues[Kind] | undefined {
  const value = from[name]
  if (value === undefined || value === null) return undefined
  if (kindOf(value) !== kind)
    throw new RpcError(
      RPC.type,
      `JSON value of type ${kindName(kindOf(value))} for field ${name} is not of expected type ${kindName(kind)}`,
    )
  return value as JsonValues[Kind]
}

interface JsonValues {
  readonly string: string
  readonly number: number
  readonly boolean: boolean
  readonly object: JsonRecord
  readonly array: readonly unknown[]
}

/** A member that must be there. Throws RpcError. */
export function neededMember<Kind extends JsonKind>(
  from: JsonRecord,
  name: string,
  kind: Kind,
): JsonValues[Kind] {
  const value = memberOf(from, name, kind)
  if (value === undefined) throw new RpcError(RPC.type, `Missing ${name}`)
  return value
}

/** A hash as people write it, as 32 bytes. Throws RpcError. [Core ParseHashV] */
export function parseHash(value: unknown, name: string): Uint8Array {
  if (typeof value !== 'string') throw new RpcError(RPC.type, `${name} must be a string`)
  if (value.length !== 64)
    throw invalidParameter(`${name} must be of length 64 (not ${value.length}, for '${value}')`)
  const bytes = hashFromHex(value)
  if (bytes === undefined) throw invalidParameter(`${name} must be hexadecimal string (not '${value}')`)
  return bytes
}

/** Bytes from hex. Throws RpcError. [Core ParseHexV] */
export function parseHex(value: unknown, name: string): Uint8Array {
  const bytes = typeof value === 'string' ? hexToBytes(value) : undefined
  if (bytes === undefined) throw invalidParameter(`${name} must be hexadecimal string (not '${value}')`)
  return bytes
}
