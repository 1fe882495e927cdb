import {
  bytesToHex,
  displayHash,
  doubleSha256,
  hashBytes,
  hexToBytes,
  parseTransaction,
  type RawInput,
  type RawOutput,
  type RawTransaction,
  transactionBytes,
  transactionId,
} from '../../wire/index.ts'
import type { CompiledOutput, CompiledTransaction } from '../compiled.ts'
import { ScenarioError } from '../error.ts'
import type { Amount, InputSpec, TransactionSpec } from '../format/index.ts'
import type { KeyRing } from './keys.ts'
import { type ResolvedLock, resolveLock } from './lock.ts'
import type { Placeholder } from './script.ts'
import { type Proof, prove } from './unlock.ts'

/** A transaction in every form that blocks need. */
export interface BuiltTransaction {
  readonly compiled: CompiledTransaction
  /** Serialized order. */
  readonly id: Uint8Array
  readonly witnessId: Uint8Array
  /** Absent where raw bytes are no transaction. */
  readonly raw: RawTransaction | undefined
}

/** What a transaction may ask about the rest of the scenario. */
export interface TransactionContext {
  readonly keyRing: KeyRing
  readonly placeholder: Placeholder
  /** The transaction of this name, or the coinbase of the block of this name. */
  sourceOf(name: string, path: string): BuiltTransaction
  /** Unix seconds. */
  timeOf(name: string, which: 'time' | 'medianTime', path: string): number
}

const COIN = 100_000_000n
const FINAL = 0xffffffff
/** Bit 22 of a sequence: the lock counts intervals of 512 seconds. [BIP68] */
const TIME_LOCK_FLAG = 1 << 22

interface Source {
  readonly input: Omit<RawInput, 'scriptSig' | 'witness'>
  readonly output: RawOutput
  readonly lock: ResolvedLock | undefined
}

/** Turns a transaction's description into signed bytes. */
export function buildTransaction(
  name: string,
  spec: TransactionSpec,
  context: TransactionContext,
): BuiltTransaction {
  const path = `transactions.${name}`
  if (spec.raw !== undefined) return rawTransaction(name, hexToBytes(spec.raw))
  const lockTime = resolveLockTime(spec, context, path)
  const sources = spec.inputs.map((input, index) =>
    findSource(input, lockTime, context, `${path}.inputs.${index}`),
  )
  const brought = sum(sources.map((source) => source.output.value))
  const outputs = buildOutputs(spec, brought, context, path)
  const unsigned: RawTransaction = {
    version: spec.version,
    inputs: sources.map((source) => ({ ...source.input, scriptSig: new Uint8Array(), witness: [] })),
    outputs,
    lockTime,
  }
  const inputs = unsigned.inputs.map((input, index) => ({ ...input, ...proof(unsigned, index) }))
  return finish(name, { ...unsigned, inputs }, outputs, brought - sum(outputs.map((output) => output.value)))

  function proof(transaction: RawTransaction, index: number): Proof {
    const unlock = spec.inputs[index]!.unlock ?? {}
    const inputPath = `${path}.inputs.${index}`
    const { lock } = sources[index]!
    const found =
      unlock.copy !== undefined
        ? copyProof(unlock.copy, context, `${inputPath}.unlock.copy`)
        : lock === undefined || (unlock.scriptSig !== undefined && unlock.witness !== undefined)
          ? { scriptSig: new Uint8Array(), witness: [] }
          : prove({
              transaction,
              index,
              spent: sources.map((source) => source.output),
              lock,
              unlock,
              keyRing: context.keyRing,
              path: inputPath,
            })
    return {
      scriptSig: unlock.scriptSig === undefined ? found.scriptSig : hexToBytes(unlock.scriptSig),
      witness: unlock.witness === undefined ? found.witness : unlock.witness.map((item) => hexToBytes(item)),
    }
  }
}

/** Gives a settled transaction its ids. */
export function finish(
  name: string,
  raw: RawTransaction,
  outputs: readonly CompiledOutput[],
  fee: bigint,
): BuiltTransaction {
  const bytes = transactionBytes(raw)
  const id = transactionId(raw)
  return {
    compiled: { kind: 'transaction', name, bytes, hash: displayHash(id), outputs, fee },
    id,
    witnessId: doubleSha256(bytes),
    raw,
  }
}

/** A transaction given as bytes, be they one or not. */
export function rawTransaction(name: string, bytes: Uint8Array): BuiltTransaction {
  const raw = parseTransaction(bytes)
  const id = raw === undefined ? doubleSha256(bytes) : transactionId(raw)
  const outputs = (raw?.outputs ?? []).map((output) => ({
    ...output,
    lock: { raw: bytesToHex(output.script) },
  }))
  return {
    compiled: { kind: 'transaction', name, bytes, hash: displayHash(id), outputs, fee: 0n },
    id,
    witnessId: doubleSha256(bytes),
    raw,
  }
}

/** Sats of an amount as it is written. */
export function sats(amount: Amount): bigint {
  if (typeof amount === 'number') return BigInt(amount)
  const coins = /^(\d+)(?:\.(\d+))? coins$/.exec(amount)
  if (coins === null) return BigInt(amount)
  return BigInt(coins[1]!) * COIN + BigInt((coins[2] ?? '').padEnd(8, '0'))
}

/** Splits `b1:0` into a name and an index. */
function splitReference(reference: string, path: string): [string, number] {
  const [name, index] = reference.split(':')
  if (name === undefined || !/^\d+$/.test(index ?? '')) throw new ScenarioError(path, 'expected NAME:INDEX')
  return [name, Number(index)]
}

function findSource(spec: InputSpec, lockTime: number, context: TransactionContext, path: string): Source {
  const sequence = resolveSequence(spec.sequence, lockTime)
  if (typeof spec.spends !== 'string') {
    const { txid, index } = spec.spends
    const input = { txid: hashBytes(txid), index, sequence }
    return { input, output: { value: 0n, script: new Uint8Array() }, lock: undefined }
  }
  const [name, index] = splitReference(spec.spends, `${path}.spends`)
  const source = context.sourceOf(name, `${path}.spends`)
  const output = source.compiled.outputs[index]
  if (output === undefined) throw new ScenarioError(`${path}.spends`, `"${name}" has no output ${index}`)
  const lock = resolveLock(output.lock, context.keyRing, context.placeholder, `${path}.spends`)
  return { input: { txid: source.id, index, sequence }, output, lock }
}

function copyProof(reference: string, context: TransactionContext, path: string): Proof {
  const [name, index] = splitReference(reference, path)
  const input = context.sourceOf(name, path).raw?.inputs[index]
  if (input === undefined) throw new ScenarioError(path, `"${name}" has no input ${index}`)
  return { scriptSig: input.scriptSig, witness: input.witness }
}

function buildOutputs(
  spec: TransactionSpec,
  brought: bigint,
  context: TransactionContext,
  path: string,
): CompiledOutput[] {
  const fixed = sum(spec.outputs.map((output) => (output.value === 'rest' ? 0n : sats(output.value))))
  if (spec.outputs.filter((output) => output.value === 'rest').length > 1)
    throw new ScenarioError(`${path}.outputs`, 'only one output can take the rest')
  return spec.outputs.map((output, index) => ({
    value: output.value === 'rest' ? brought - fixed : sats(output.value),
    script: resolveLock(output.to, context.keyRing, context.placeholder, `${path}.outputs.${index}.to`)
      .script,
    lock: output.to,
  }))
}

function resolveLockTime(spec: TransactionSpec, context: TransactionContext, path: string): number {
  const { lockTime } = spec
  if (typeof lockTime === 'number') return lockTime
  const base =
    'timeOf' in lockTime
      ? context.timeOf(lockTime.timeOf, 'time', `${path}.lockTime.timeOf`)
      : context.timeOf(lockTime.medianTimeOf, 'medianTime', `${path}.lockTime.medianTimeOf`)
  const result = base + lockTime.plus
  if (result < 0 || result > 0xffffffff)
    throw new ScenarioError(`${path}.lockTime`, `is ${result}; expected 0 to 4294967295`)
  return result
}

function resolveSequence(sequence: InputSpec['sequence'], lockTime: number): number {
  if (sequence === undefined) return lockTime === 0 ? FINAL : FINAL - 1
  if (typeof sequence === 'number') return sequence
  return 'blocks' in sequence ? sequence.blocks : (sequence.intervals | TIME_LOCK_FLAG) >>> 0
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n)
}
