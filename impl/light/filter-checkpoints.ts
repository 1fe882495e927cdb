import type { BlockNode } from '../chainstate/index.ts'
import { BASIC_FILTER } from '../filters/index.ts'
import type { ByteReader } from '../wire/index.ts'
import {
  CHECKPOINT_INTERVAL,
  decodeFilterCheckpoints,
  encodeCheckpointRequest,
  equalBytes,
} from '../wire/index.ts'
import { filterPeers } from './filter-peers.ts'
import type { LightContext, LightPeer } from './types.ts'

/** One question to all peers: filter headers at every thousandth height up to `stop`. */
interface Question {
  readonly stop: BlockNode
  readonly asked: Set<number>
  readonly answers: Map<number, readonly Uint8Array[]>
  readonly until: number
}

/**
 * Filter headers at every thousandth height, as far as all peers agree: what lies between two of them needs to be
 * fetched from one peer only. [BIP157 §Client Operation]
 */
export class FilterCheckpoints {
  readonly #context: LightContext
  #agreed: readonly Uint8Array[] = []
  #question: Question | undefined
  /** Height of the tip when peers were last asked. */
  #triedAt = -CHECKPOINT_INTERVAL

  constructor(context: LightContext) {
    this.#context = context
  }

  get dueAt(): number {
    return this.#question?.until ?? Number.POSITIVE_INFINITY
  }

  /** The highest one in a range of heights. */
  between(first: number, last: number): { height: number; header: Uint8Array } | undefined {
    const index = Math.min(this.#agreed.length, Math.floor(last / CHECKPOINT_INTERVAL))
    const height = index * CHECKPOINT_INTERVAL
    return index > 0 && height >= first ? { height, header: this.#agreed[index - 1]! } : undefined
  }

  /** Asks when there are any above this height; true while answers are awaited. */
  proceed(height: number): boolean {
    if (this.#question === undefined) this.#ask(height)
    else if (this.#context.now >= this.#question.until) this.#giveUpOnSilent(this.#question)
    const question = this.#question
    if (question !== undefined && question.answers.size >= question.asked.size) this.#conclude(question)
    return this.#question !== undefined
  }

  take(peer: LightPeer, reader: ByteReader): void {
    const question = this.#question
    const { type, stop, headers } = decodeFilterCheckpoints(reader)
    if (question?.asked.has(peer.id) !== true || type !== BASIC_FILTER) return
    if (!equalBytes(stop, question.stop.hash)) return
    if (headers.length === Math.floor(question.stop.height / CHECKPOINT_INTERVAL))
      question.answers.set(peer.id, headers)
    else this.#context.disconnect(peer, `${headers.length} filter checkpoints`)
  }

  forget(peer: number): void {
    this.#question?.asked.delete(peer)
    this.#question?.answers.delete(peer)
    if (this.#question?.asked.size === 0) this.#question = undefined
  }

  rewind(height: number): void {
    this.#question = undefined
    this.#triedAt = -CHECKPOINT_INTERVAL
    this.#agreed = this.#agreed.slice(0, Math.floor(height / CHECKPOINT_INTERVAL))
  }

  #ask(height: number): void {
    const { headers, now, setup } = this.#context
    const stop = headers.tip
    const peers = filterPeers(this.#context)
    const isWorthwhile = Math.floor(stop.height / CHECKPOINT_INTERVAL) * CHECKPOINT_INTERVAL > height
    if (!isWorthwhile || stop.height < this.#triedAt + CHECKPOINT_INTERVAL) return
    if (peers.length < Math.max(2, setup.witnessesMin)) return
    this.#triedAt = stop.height
    const asked = new Set(peers.map(({ id }) => id))
    this.#question = { stop, asked, answers: new Map(), until: now + setup.answerMs }
    const question = encodeCheckpointRequest(BASIC_FILTER, stop.hash)
    for (const peer of peers) this.#context.message(peer, 'getcfcheckpt', question)
  }

  #giveUpOnSilent({ asked, answers }: Question): void {
    for (const id of [...asked]) {
      const peer = this.#context.peers.get(id)
      if (!answers.has(id) && peer !== undefined)
        this.#context.disconnect(peer, 'no answer about filter checkpoints')
    }
  }

  /** What all say; from where they differ on, the filters themselves will show who lies. */
  #conclude({ answers }: Question): void {
    this.#question = undefined
    if (answers.size < Math.max(2, this.#context.setup.witnessesMin)) {
      this.#triedAt = -CHECKPOINT_INTERVAL
      return
    }
    const [first, ...others] = [...answers.values()]
    const differAt = first!.findIndex((header, i) => others.some((other) => !equalBytes(other[i]!, header)))
    this.#agreed = differAt < 0 ? first! : first!.slice(0, differAt)
  }
}
