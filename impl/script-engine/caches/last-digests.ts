import type { Transaction, TxOutput } from '../../wire/index.ts'
import type { Crypto } from '../crypto.ts'
import { TxDigests } from '../sighash/tx-digests.ts'

/** The digests of the transaction asked for last, so that consecutive inputs of one transaction share them. */
export class LastDigests {
  readonly #crypto: Crypto
  #last: TxDigests | undefined

  constructor(crypto: Crypto) {
    this.#crypto = crypto
  }

  /** Those of this very transaction object with these very coins. */
  of(tx: Transaction, spent: readonly TxOutput[]): TxDigests {
    if (this.#last === undefined || this.#last.tx !== tx || this.#last.spent !== spent)
      this.#last = new TxDigests(tx, spent, this.#crypto)
    return this.#last
  }
}
