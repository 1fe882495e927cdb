import type { BlockNode } from '../chainstate/index.ts'
import type { BlockVerdict } from '../validation/index.ts'
import { hashToHex } from '../wire/index.ts'
import type { Waiting } from './judgements.ts'
import type { NodeEffect, Subject } from './types.ts'

/** What a step asks of the world, in order; and what the world was asked for before and still owes. */
export class Effects {
  #effects: NodeEffect[] = []
  #sentBytes = 0
  /** When the world was last asked to wake us. */
  #wakeAt = Number.POSITIVE_INFINITY
  #isContinuing = false

  /** Bytes to be sent, since the effects were last taken. */
  get sentBytes(): number {
    return this.#sentBytes
  }

  /** All of them; the next step begins without any. */
  take(): readonly NodeEffect[] {
    const effects = this.#effects
    this.#effects = []
    this.#sentBytes = 0
    return effects
  }

  send(peer: number, bytes: Uint8Array): void {
    this.#sentBytes += bytes.length
    this.#effects.push({ kind: 'send', peer, bytes })
  }

  disconnect(peer: number, reason: string): void {
    this.#effects.push({ kind: 'disconnect', peer, reason })
  }

  log(level: 'debug' | 'info' | 'warning' | 'error', message: string): void {
    this.#effects.push({ kind: 'log', level, message })
  }

  tip({ hash, height }: BlockNode): void {
    this.#effects.push({ kind: 'tip', hash: hashToHex(hash), height })
  }

  judged(subject: Subject, { hash, tag, peer }: Waiting, verdict: BlockVerdict): void {
    this.#effects.push({
      kind: 'judged',
      subject,
      hash: hashToHex(hash),
      verdict,
      ...(tag === undefined ? {} : { tag }),
      ...(peer === undefined ? {} : { peer }),
    })
  }

  /** Once, until the world has continued. */
  askToContinue(): void {
    if (this.#isContinuing) return
    this.#isContinuing = true
    this.#effects.push({ kind: 'continue' })
  }

  continued(): void {
    this.#isContinuing = false
  }

  /** Only a moment earlier than the one agreed on is worth an effect. */
  askToWake(at: number): void {
    if (at >= this.#wakeAt) return
    this.#wakeAt = at
    this.#effects.push({ kind: 'wakeAt', at })
  }

  woken(): void {
    this.#wakeAt = Number.POSITIVE_INFINITY
  }
}
