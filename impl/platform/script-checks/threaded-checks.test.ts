import { EventEmitter } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { afterEach, describe, expect, it } from 'vitest'
import {
  CONSENSUS_FLAGS,
  ERROR,
  encodePush,
  InPlaceChecks,
  type InputCheck,
  type ScriptChecks,
  signatureHashWitnessV0,
  TxDigests,
} from '../../script-engine/index.ts'
import {
  ByteReader,
  ByteWriter,
  concatBytes,
  EMPTY_BYTES,
  encodeTransaction,
  parseTransaction,
  type TransactionParts,
} from '../../wire/index.ts'
import { chooseCrypto } from '../crypto/index.ts'
import { answerJob, claimJob, type SharedMemory } from './shared-memory.ts'
import { ThreadedChecks, type ThreadedChecksOptions } from './threaded-checks.ts'

const backend = chooseCrypto()
const { crypto } = backend
const SECRET = new Uint8Array(32).fill(5)
const KEY = secp256k1.getPublicKey(SECRET, true)
const KEY_HASH = crypto.hash160(KEY)
const LOCK = concatBytes(Uint8Array.of(0, 20), KEY_HASH)
const CODE = concatBytes(Uint8Array.of(0x76, 0xa9, 20), KEY_HASH, Uint8Array.of(0x88, 0xac))

const parse = (parts: TransactionParts) => parseTransaction(new ByteReader(encodeTransaction(parts)), crypto)

/** A two-input P2WPKH spend whose inputs are signed rightly or not. */
function spend(number: number, isRight: readonly [boolean, boolean]): InputCheck[] {
  const parts = (witnesses: readonly Uint8Array[][]) => ({
    version: 2,
    lockTime: number,
    inputs: witnesses.map((witness, i) => ({
      prevTxid: new Uint8Array(32).fill(9),
      prevIndex: i,
      scriptSig: EMPTY_BYTES,
      sequence: 0,
      witness,
    })),
    outputs: [{ value: 1000, script: LOCK }],
  })
  const spent = [LOCK, LOCK].map((script) => ({ value: 700, script }))
  const digests = new TxDigests(parse(parts([[], []])), spent, crypto)
  const witnesses = isRight.map((right, i) => {
    const hash = signatureHashWitnessV0(digests, i, CODE, 1, right ? 700 : 701)
    const signature = secp256k1.sign(hash, SECRET, { prehash: false, format: 'der' })
    return [concatBytes(signature, Uint8Array.of(1)), KEY]
  })
  const tx = parse(parts(witnesses))
  return [0, 1].map((inputIndex) => ({ tx, spent, inputIndex, flags: CONSENSUS_FLAGS }))
}

/** Ninety spends of which the checks numbered here fail. */
function checksFailingAt(...failing: number[]): InputCheck[] {
  const fails = (check: number) => failing.includes(check)
  return Array.from({ length: 90 }, (_, i) => spend(i, [!fails(2 * i), !fails(2 * i + 1)])).flat()
}

function settle(checks: ScriptChecks, submitted: readonly InputCheck[]) {
  for (const [index, check] of submitted.entries()) checks.submit(index, check)
  return checks.settle()
}

/** A permutation that is the same every time. */
function shuffled(count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i)
  let state = 12345
  for (let i = count - 1; i > 0; i--) {
    state = (state * 1103515245 + 12345) % 2 ** 31
    const j = state % (i + 1)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}

const open: ThreadedChecks[] = []
const threaded = (options: Omit<ThreadedChecksOptions, 'backend'>) => {
  const checks = new ThreadedChecks({ backend, ...options })
  open.push(checks)
  return checks
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((checks) => checks.close()))
})

const RIGHT = checksFailingAt()
const WRONG = checksFailingAt(117, 60, 61, 179)

describe.each([0, 1, 2])('script checks with %i workers', (workers) => {
  it.each([
    ['in order', undefined],
    ['shuffled', shuffled],
  ] as const)('%s: say what the checks in place say, batch after batch', (_, schedule) => {
    const checks = threaded({ workers, ...(schedule && { schedule }) })
    const reference = new InPlaceChecks({ crypto })
    for (const batch of [RIGHT, WRONG, RIGHT, WRONG.slice(61), [], WRONG.slice(0, 61)])
      expect(settle(checks, batch)).toEqual(settle(reference, batch))
    expect(settle(checks, WRONG)?.index).toBe(60)
  })
})

describe('workers', () => {
  it('do the work when the submitting thread waits long enough, and end when asked', async () => {
    const checks = threaded({ workers: 1 })
    for (const [index, check] of RIGHT.entries()) checks.submit(index, check)
    await checks.close()
    expect(settle(checks, WRONG)?.index).toBe(60)
  })

  it('that never finish what they have begun are not waited for', () => {
    const claims: Claims = []
    const checks = threaded({ workers: 1, start: startIdler(claims) })
    for (const [index, check] of WRONG.entries()) {
      checks.submit(index, check)
      if (index === 63) claims[0]!()
    }
    expect(checks.settle()?.index).toBe(60)
    expect(settle(checks, RIGHT)).toBeUndefined()
  })

  it('that answer too late are not listened to', () => {
    const claims: Claims = []
    const checks = threaded({ workers: 1, start: startIdler(claims) })
    const answers: (() => boolean)[] = []
    for (const [index, check] of RIGHT.entries()) {
      checks.submit(index, check)
      if (index === 63) answers.push(claims[0]!())
    }
    expect(checks.settle()).toBeUndefined()
    for (const [index, check] of RIGHT.entries()) checks.submit(index, check)
    expect(answers[0]!()).toBe(false)
    expect(checks.settle()).toBeUndefined()
  })

  it('that answer in time are believed', () => {
    const claims: Claims = []
    const checks = threaded({ workers: 1, start: startIdler(claims) })
    for (const [index, check] of RIGHT.entries()) {
      checks.submit(index, check)
      if (index === 63) expect(claims[0]!()()).toBe(true)
    }
    expect(checks.settle()).toEqual({ index: 0, error: ERROR.EVAL_FALSE })
  })
})

/** For each stand-in of a worker: claims a job, and gives back how to answer, wrongly, whether that had an effect. */
type Claims = (() => () => boolean)[]

function startIdler(claims: Claims): NonNullable<ThreadedChecksOptions['start']> {
  return ({ memory }: { readonly memory: SharedMemory }) => {
    claims.push(() => {
      const job = claimJob(memory.control)!
      return () => answerJob(memory.jobs, job, ERROR.EVAL_FALSE)
    })
    return fakeWorker()
  }
}

function fakeWorker(): Worker {
  const worker = Object.assign(new EventEmitter(), {
    threadId: 7,
    ref: () => queueMicrotask(() => worker.emit('exit')),
  })
  return worker as unknown as Worker
}

describe('large spends', () => {
  /** One input whose coin has a script of this many bytes, which pushes and drops. */
  const large = (bytes: number, number: number): InputCheck => {
    const drop = concatBytes(encodePush(new Uint8Array(500)), Uint8Array.of(0x75))
    const script = new ByteWriter(bytes)
    while (script.length + drop.length < Math.min(bytes, 9000)) script.put(drop)
    const tx = parse({
      version: 1,
      lockTime: number,
      inputs: [
        { prevTxid: new Uint8Array(32), prevIndex: 0, scriptSig: EMPTY_BYTES, sequence: 0, witness: [] },
      ],
      outputs: [{ value: 0, script: new Uint8Array(bytes) }],
    })
    return { tx, spent: [{ value: 0, script: script.u8(0x51).finish() }], inputIndex: 0, flags: 0 }
  }

  it('that fill the shared memory, or do not fit at all, are judged too', () => {
    const checks = threaded({ workers: 1 })
    const batch = [3_000_000, 3_000_000, 3_000_000, 9_000_000, 100].map(large)
    expect(settle(checks, batch)).toBeUndefined()
    const failing = { ...batch[3]!, spent: [{ value: 0, script: EMPTY_BYTES }] }
    expect(settle(checks, [...batch, failing])?.index).toBe(5)
  })
})
