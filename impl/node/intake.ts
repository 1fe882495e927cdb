import type { Chainstate } from '../chainstate/index.ts'
import type { Mempool } from '../mempool/index.ts'
import type { Network, TransactionFate } from '../peers/index.ts'
import {
  type BlockVerdict,
  decodeBlock,
  decodeHeader,
  decodeTransaction,
  isRejection,
  type Rejection,
} from '../validation/index.ts'
import type { Block, Hasher, Transaction } from '../wire/index.ts'
import type { Effects } from './effects.ts'
import { Judgements, type Waiting } from './judgements.ts'
import { fateOf, verdictOf } from './outcomes.ts'

/** The parts of a node that judge what comes in. */
interface IntakeParts {
  readonly chain: Chainstate
  readonly mempool: Mempool
  readonly network: Network
  readonly crypto: Hasher
  /** A block is stored: the chain has a move to make. */
  chainMoves(): void
}

/** Headers, blocks and transactions from the operator and from peers: each is judged, and its sender hears the verdict. `now` in milliseconds. */
export class Intake {
  readonly #parts: IntakeParts
  readonly #effects: Effects
  readonly #judgements: Judgements
  /** Unconfirmed transactions submitted while the chain is on the move. */
  readonly #held: { transaction: Transaction; tag: string | undefined }[] = []

  constructor(parts: IntakeParts, effects: Effects) {
    this.#parts = parts
    this.#effects = effects
    this.#judgements = new Judgements(parts.chain.tip.chainWork)
  }

  submitHeader(bytes: Uint8Array, tag: string | undefined, now: number): void {
    const header = decodeHeader(bytes, this.#parts.crypto)
    const hash = isRejection(header) ? NO_HASH : header.hash
    const verdict = isRejection(header) ? header : this.#parts.chain.acceptHeader(header, seconds(now))
    this.#effects.judged('header', { hash, ...tagged(tag) }, verdict)
  }

  submitBlock(bytes: Uint8Array, tag: string | undefined, now: number): void {
    const block = decodeBlock(bytes, this.#parts.crypto)
    if (isRejection(block)) this.#effects.judged('block', { hash: NO_HASH, ...tagged(tag) }, block)
    else this.#takeBlock(block, { hash: block.hash, ...tagged(tag) }, now)
  }

  /** While the chain is on the move the transaction waits for `judgeHeld`. */
  submitTransaction(bytes: Uint8Array, tag: string | undefined, isAtRest: boolean, now: number): void {
    const transaction = decodeTransaction(bytes, this.#parts.crypto)
    if (isRejection(transaction))
      this.#effects.judged('transaction', { hash: NO_HASH, ...tagged(tag) }, transaction)
    else if (isAtRest) this.#judgeTransaction(transaction, tagged(tag), now)
    else this.#held.push({ transaction, tag })
  }

  judgeHeld(now: number): void {
    for (const { transaction, tag } of this.#held.splice(0))
      this.#judgeTransaction(transaction, tagged(tag), now)
  }

  deliverBlock(block: Block, peer: number, isRebuilt: boolean, now: number): BlockVerdict {
    const verdict = this.#takeBlock(block, { hash: block.hash, peer, isRebuilt }, now)
    if (verdict.outcome !== 'stored') this.#parts.network.blockJudged(peer, verdict, isRebuilt, now)
    return verdict
  }

  deliverTransaction(transaction: Transaction, peer: number, now: number): TransactionFate {
    return fateOf(this.#judgeTransaction(transaction, { peer }, now))
  }

  /** Reports the blocks whose fate is settled. */
  reportFates(isAtRest: boolean, now: number): void {
    for (const { waiting, verdict } of this.#judgements.take(this.#parts.chain, isAtRest)) {
      this.#effects.judged('block', waiting, verdict)
      if (waiting.peer !== undefined)
        this.#parts.network.blockJudged(waiting.peer, verdict, waiting.isRebuilt === true, now)
    }
  }

  /** The peer that sent a block is to blame, also when it was kept on a branch long before it failed. [Core mapBlockSource] */
  blockFailed(hash: Uint8Array, rejection: Rejection, now: number): void {
    const { peer, isRebuilt = false } = this.#judgements.keptFrom(hash) ?? {}
    if (peer !== undefined) this.#parts.network.blockJudged(peer, rejection, isRebuilt, now)
  }

  #takeBlock(block: Block, waiting: Waiting, now: number): BlockVerdict {
    const verdict = this.#parts.chain.acceptBlock(block, seconds(now))
    if (verdict.outcome === 'stored') {
      this.#judgements.wait(waiting)
      this.#parts.chainMoves()
    } else {
      this.#effects.judged('block', waiting, verdict)
    }
    return verdict
  }

  #judgeTransaction(transaction: Transaction, sender: Omit<Waiting, 'hash'>, now: number) {
    const { mempool, network } = this.#parts
    const outcome = mempool.accept(transaction, seconds(now))
    this.#effects.judged('transaction', { hash: transaction.txid, ...sender }, verdictOf(outcome))
    if (outcome.kind === 'accepted') network.transactionAccepted(outcome.entry, now)
    return outcome
  }
}

/** Stands for the hash of bytes that are no item. */
const NO_HASH = new Uint8Array(32)

const seconds = (ms: number): number => Math.floor(ms / 1000)

function tagged(tag: string | undefined): { tag?: string } {
  return tag === undefined ? {} : { tag }
}
