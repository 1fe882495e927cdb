import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { ChainFile } from '../../ports/index.ts'
import {
  bytesToHex,
  concatBytes,
  countedList,
  doubleSha256,
  hasWitness,
  hexToBytes,
  merkleRoot,
  type RawInput,
  uint32,
  workOfBits,
} from '../../wire/index.ts'
import type { CompiledBlock, CompiledOutput } from '../compiled.ts'
import { ScenarioError } from '../error.ts'
import type { BlockSpec, Lock } from '../format/index.ts'
import type { DifficultyAncestor } from './difficulty.ts'
import { compactBits, nextBits } from './difficulty.ts'
import type { Miner } from './mine.ts'
import { pushBytes, scriptBytes, scriptNumber } from './script.ts'
import { type BuiltTransaction, finish, sats } from './transaction.ts'

/** A block as parts that may still be repeated or written over. */
export interface BuiltBlock {
  readonly header: Uint8Array
  readonly transactions: readonly BuiltTransaction[]
}

/** What a block must know of its surroundings. */
export interface BlockContext {
  readonly chainFile: ChainFile
  readonly startTimeSeconds: number
  readonly parent: CompiledBlock
  readonly transactions: readonly BuiltTransaction[]
  readonly mine: Miner
  ancestorAt(height: number): DifficultyAncestor
  scriptOf(lock: Lock, path: string): Uint8Array
}

/** Assembles and mines a block on its parent; edits come later. */
export function buildBlock(name: string, spec: BlockSpec, context: BlockContext): BuiltBlock {
  const { chainFile, parent } = context
  const coinbase = buildCoinbase(name, spec, context)
  const transactions = spec.omitCoinbase ? context.transactions : [coinbase, ...context.transactions]
  const time = resolveTime(spec, context, `blocks.${name}.time`)
  const bits =
    spec.bits === undefined
      ? nextBits(chainFile, parent, time, context.ancestorAt)
      : Number.parseInt(spec.bits, 16)
  const header = concatBytes(
    uint32(spec.version),
    doubleSha256(parent.header),
    merkleRoot(transactions.map((transaction) => transaction.id)),
    uint32(time),
    uint32(bits),
    uint32(0),
  )
  const wanted = spec.mine === 'fail' ? 'misses' : 'meets'
  return { header: context.mine(header, bits, wanted, `blocks.${name}`), transactions }
}

/** Header and transactions as they travel. */
export function blockBytes(block: BuiltBlock): Uint8Array {
  return concatBytes(
    block.header,
    countedList(block.transactions.map((transaction) => transaction.compiled.bytes)),
  )
}

/** What a block at this height may create out of nothing, in sats. [Core validation.cpp GetBlockSubsidy] */
export function subsidyAt(height: number, limits: ChainFile['limits']): bigint {
  const halvings = Math.floor(height / limits.halvingIntervalBlocks)
  return halvings >= 64 ? 0n : BigInt(limits.initialSubsidySats) >> BigInt(halvings)
}

function buildCoinbase(name: string, spec: BlockSpec, context: BlockContext): BuiltTransaction {
  const { coinbase } = spec
  const path = `blocks.${name}.coinbase`
  const height = context.parent.height + 1
  const fees = context.transactions.reduce(
    (total, { compiled }) => total + (compiled.fee > 0n ? compiled.fee : 0n),
    0n,
  )
  const extra: CompiledOutput[] = coinbase.outputs.map((output, index) => ({
    value: sats(output.value),
    script: context.scriptOf(output.to, `${path}.outputs.${index}.to`),
    lock: output.to,
  }))
  const spoken = extra.reduce((total, output) => total + output.value, 0n)
  const due = subsidyAt(height, context.chainFile.limits) + fees - spoken
  const first = {
    value: firstValue(spec, due),
    script: context.scriptOf(coinbase.to, `${path}.to`),
    lock: coinbase.to,
  }
  const commitment = commitmentHash(spec, context.transactions)
  const outputs =
    commitment === undefined ? [first, ...extra] : [first, ...extra, commitmentOutput(commitment)]
  const input: RawInput = {
    txid: new Uint8Array(32),
    index: 0xffffffff,
    sequence: coinbase.sequence,
    scriptSig: coinbase.script === undefined ? coinbaseScript(name, height) : hexToBytes(coinbase.script),
    witness: commitment === undefined ? [] : [RESERVED_VALUE],
  }
  const { lockTime } = coinbase
  return finish(`${name}:coinbase`, { version: 2, inputs: [input], outputs, lockTime }, outputs, 0n)
}

const RESERVED_VALUE = new Uint8Array(32)
/** OP_RETURN, a push of 36 bytes, and the tag of BIP141. */
const COMMITMENT_PREFIX = hexToBytes('6a24aa21a9ed')

function firstValue(spec: BlockSpec, due: bigint): bigint {
  const { value } = spec.coinbase
  if (value === undefined) return due
  return typeof value === 'object' ? due + BigInt(value.plus) : sats(value)
}

/** The height as BIP34 asks, then four bytes of the name's hash, so that no two coinbases are alike. */
function coinbaseScript(name: string, height: number): Uint8Array {
  const distinction = sha256(utf8ToBytes(name)).subarray(0, 4)
  return concatBytes(scriptBytes([{ push: scriptNumber(BigInt(height)) }]), pushBytes(distinction))
}

/** SHA256d of the witness root and the reserved value. [BIP141 §Commitment structure] */
function commitmentHash(spec: BlockSpec, transactions: readonly BuiltTransaction[]): Uint8Array | undefined {
  const wanted = spec.coinbase.witnessCommitment
  if (wanted === 'none') return undefined
  if (wanted !== 'auto' && wanted !== 'always') return hexToBytes(wanted)
  const carriesWitness = transactions.some(({ raw }) => raw !== undefined && hasWitness(raw))
  if (wanted === 'auto' && !carriesWitness) return undefined
  const root = merkleRoot([new Uint8Array(32), ...transactions.map((transaction) => transaction.witnessId)])
  return doubleSha256(concatBytes(root, RESERVED_VALUE))
}

function commitmentOutput(hash: Uint8Array): CompiledOutput {
  const script = concatBytes(COMMITMENT_PREFIX, hash)
  return { value: 0n, script, lock: { raw: bytesToHex(script) } }
}

function resolveTime(spec: BlockSpec, context: BlockContext, path: string): number {
  const { time } = spec
  if (typeof time === 'number') return time
  if (time === undefined) return inHeader(context.parent.time + usualSpacing(context), path, 'the default')
  const [, base, offset] = /^(parent|mtp|start)([+-]\d+)?$/.exec(time)!
  const seconds = {
    parent: context.parent.time,
    mtp: context.parent.medianTime,
    start: context.startTimeSeconds,
  }
  return inHeader(seconds[base as keyof typeof seconds] + Number(offset ?? 0), path, time)
}

/** Blocks with more than this many times the least work take long to mine. */
const EASY_FACTOR = 64n

/**
 * The target spacing; twice that where mining has become hard. A retarget measures one interval fewer than a period has
 * [Core CalculateNextWorkRequired], so that blocks at the target spacing become harder by a third every four on `tiny`.
 */
function usualSpacing({ chainFile: { limits }, parent }: BlockContext): number {
  const leastWork = workOfBits(compactBits(BigInt(`0x${limits.powLimit}`)))
  return limits.targetSpacingSeconds * (workOfBits(parent.bits) > EASY_FACTOR * leastWork ? 2 : 1)
}

/** A header's time has 32 bits. */
function inHeader(seconds: number, path: string, time: string): number {
  if (seconds < 0 || seconds > 0xffffffff)
    throw new ScenarioError(path, `${time} is ${seconds}; expected Unix seconds from 0 to 4294967295`)
  return seconds
}
