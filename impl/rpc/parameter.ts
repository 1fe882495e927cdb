import { type JsonKind, kindOf } from './json-kind.ts'
import { parseHash } from './member.ts'
import { RPC, RpcError } from './rpc-error.ts'

/** One argument of a method: which JSON values it takes, what it means, and what the method sees of it. */
export interface Parameter<Value> {
  /** Empty: any. */
  readonly kinds: readonly JsonKind[]
  readonly meaning: string
  readonly isOptional: boolean
  /** Older names by which it may be given. */
  readonly aliases: readonly string[]
  /** Of an object of options: members that may be given as arguments of their own. */
  readonly members: readonly string[]
  /** May throw RpcError. An optional one is asked with `undefined` when it is left out or null. */
  read(value: unknown, name: string): Value
}

/** The values of a method's parameters, by their names. */
export type Arguments<Parameters> = {
  readonly [Name in keyof Parameters]: Parameters[Name] extends Parameter<infer Value> ? Value : never
}

export function text(meaning: string): Parameter<string> {
  return required(['string'], meaning, (value) => value as string)
}

/** A hash as people write it; the method sees its 32 bytes. Errors call it `spoken`, or by its name. [Core ParseHashV] */
export function hash(meaning: string, spoken?: string): Parameter<Uint8Array> {
  return required(['string'], meaning, (value, name) => parseHash(value, spoken ?? name))
}

/** A whole number of at most 53 bits. */
export function integer(meaning: string): Parameter<number> {
  return required(['number'], meaning, readInteger)
}

function readInteger(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new RpcError(RPC.misc, 'JSON integer out of range')
  return value as number
}

export function flag(meaning: string): Parameter<boolean> {
  return required(['boolean'], meaning, (value) => value as boolean)
}

/** How much to return: a number, or as in old versions a flag for 0 and 1. [Core ParseVerbosity] */
export function verbosity(meaning: string): Parameter<number> {
  return required([], meaning, (value) => {
    if (typeof value === 'boolean') return value ? 1 : 0
    if (typeof value !== 'number')
      throw new RpcError(RPC.type, `JSON value of type ${kindOf(value)} is not of expected type number`)
    return readInteger(value)
  })
}

/** An amount in coins, as a number or as text of one; the method sees sats. [Core AmountFromValue] */
export function amount(meaning: string): Parameter<number> {
  return required(['number', 'string'], meaning, readAmount)
}

/** Coins per 1,000 virtual bytes, below one coin; the method sees sats. [Core ParseFeeRate] */
export function feeRate(meaning: string): Parameter<number> {
  return required(['number', 'string'], meaning, (value) => {
    const sats = readAmount(value)
    if (sats >= SATS_PER_COIN)
      throw new RpcError(RPC.invalidParameter, 'Fee rates larger than or equal to 1BTC/kvB are not accepted')
    return sats
  })
}

const SATS_PER_COIN = 100_000_000
const AMOUNT = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const MONEY_MAX = 21_000_000_0000_0000

export function readAmount(value: unknown): number {
  if (typeof value !== 'number' && typeof value !== 'string')
    throw new RpcError(RPC.type, 'Amount is not a number or string')
  if (!AMOUNT.test(String(value))) throw new RpcError(RPC.type, 'Invalid amount')
  const exact = Number(value) * SATS_PER_COIN
  const sats = Math.round(exact)
  if (Math.abs(exact - sats) > 1e-4) throw new RpcError(RPC.type, 'Invalid amount')
  if (sats < 0 || sats > MONEY_MAX) throw new RpcError(RPC.type, 'Amount out of range')
  return sats
}

export function list(meaning: string): Parameter<readonly unknown[]> {
  return required(['array'], meaning, (value) => value as readonly unknown[])
}

export function record(meaning: string): Parameter<Readonly<Record<string, unknown>>> {
  return required(['object'], meaning, (value) => value as Readonly<Record<string, unknown>>)
}

/** An object of options whose members may also be given by name, beside the other arguments. */
export function options(meaning: string, ...members: string[]): Parameter<Readonly<Record<string, unknown>>> {
  return { ...record(meaning), members }
}

/** A height, or the hash of a block as people write it. */
export function hashOrHeight(meaning: string): Parameter<string | number> {
  return required(['string', 'number'], meaning, (value) => value as string | number)
}

/** Any JSON value. */
export function anything(meaning: string): Parameter<unknown> {
  return required([], meaning, (value) => value)
}

export function optional<Value>(parameter: Parameter<Value>): Parameter<Value | undefined>
export function optional<Value>(parameter: Parameter<Value>, fallback: Value): Parameter<Value>
export function optional<Value>(parameter: Parameter<Value>, fallback?: Value): Parameter<Value | undefined> {
  return {
    ...parameter,
    isOptional: true,
    read: (value, name) => (value === undefined ? fallback : parameter.read(value, name)),
  }
}

/** The same parameter under older names too. */
export function alsoCalled<Value>(parameter: Parameter<Value>, ...aliases: string[]): Parameter<Value> {
  return { ...parameter, aliases }
}

function required<Value>(
  kinds: readonly JsonKind[],
  meaning: string,
  read: Parameter<Value>['read'],
): Parameter<Value> {
  return { kinds, meaning, isOptional: false, aliases: [], members: [], read }
}
