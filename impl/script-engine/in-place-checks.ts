import { ByteWriter, bytesKey } from '../wire/index.ts'
import { LastDigests } from './caches/last-digests.ts'
import { PendingSignatures, type SignatureMemory } from './caches/signature-cache.ts'
import type { Crypto } from './crypto.ts'
import type { FailedCheck, InputCheck, ScriptChecks } from './script-checks.ts'
import { OK, type ScriptError } from './script-error.ts'
import { putOutput, type TxDigests } from './sighash/tx-digests.ts'
import { verifyInput } from './verify-input.ts'

/** An order in which `count` checks are carried out: a permutation of 0 … count - 1. */
export type Schedule = (count: number) => readonly number[]

/** Verdicts on inputs, by all that determines them. */
export interface VerdictMemory {
  get(key: string): ScriptError | undefined
  set(key: string, error: ScriptError): void
}

export interface InPlaceOptions {
  readonly crypto: Crypto
  /** Verdicts found before, by this node or another: judging is a pure function. */
  readonly verdicts?: VerdictMemory
  /** Signatures that were found valid; new ones enter it in `settle`, in the order of their checks. */
  readonly signatures?: SignatureMemory
  /** The order of carrying out; by default that of submission. */
  readonly schedule?: Schedule
}

interface Pending {
  readonly index: number
  readonly check: InputCheck
}

/** Script checks on the calling thread, when `settle` is called. */
export class InPlaceChecks implements ScriptChecks {
  readonly #options: InPlaceOptions
  #pending: Pending[] = []

  constructor(options: InPlaceOptions) {
    this.#options = options
  }

  submit(index: number, check: InputCheck): void {
    this.#pending.push({ index, check })
  }

  settle(): FailedCheck | undefined {
    const pending = this.#pending
    this.#pending = []
    const { signatures, schedule } = this.#options
    const order = schedule?.(pending.length) ?? pending.keys()
    const learnt = new Array<PendingSignatures | undefined>(pending.length)
    const judge = new Judge(this.#options)
    let lowest: FailedCheck | undefined
    for (const position of order) {
      const { index, check } = pending[position]!
      if (lowest !== undefined && index > lowest.index) continue
      const memory = signatures && new PendingSignatures(signatures)
      learnt[position] = memory
      const error = judge.judge(check, memory)
      if (error !== OK) lowest = { index, error }
    }
    for (const [position, memory] of learnt.entries())
      if (lowest === undefined || pending[position]!.index < lowest.index) memory?.commit()
    return lowest
  }
}

/** Judges checks one after the other, and remembers verdicts where it may. */
class Judge {
  readonly #crypto: Crypto
  readonly #verdicts: VerdictMemory | undefined
  readonly #digests: LastDigests
  #keyed: TxDigests | undefined
  #spendKey = ''

  constructor({ crypto, verdicts }: InPlaceOptions) {
    this.#crypto = crypto
    this.#verdicts = verdicts
    this.#digests = new LastDigests(crypto)
  }

  judge({ tx, spent, inputIndex, flags }: InputCheck, memory: SignatureMemory | undefined): ScriptError {
    const digests = this.#digests.of(tx, spent)
    if (this.#verdicts === undefined) return verifyInput(digests, inputIndex, flags, memory)
    const key = `${this.#keyOf(digests)}${inputIndex}/${flags}`
    let error = this.#verdicts.get(key)
    if (error === undefined) {
      error = verifyInput(digests, inputIndex, flags, memory)
      this.#verdicts.set(key, error)
    }
    return error
  }

  /** Names a transaction with its witnesses and the very coins it was shown, since a store may be wrong about them. */
  #keyOf(digests: TxDigests): string {
    if (this.#keyed === digests) return this.#spendKey
    const out = new ByteWriter(256).put(digests.tx.wtxid)
    for (const coin of digests.spent) putOutput(out, coin)
    this.#keyed = digests
    this.#spendKey = bytesKey(this.#crypto.sha256(out.view()))
    return this.#spendKey
  }
}
