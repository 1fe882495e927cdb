import type { Machine } from './machine.ts'

interface Waiting {
  readonly isReached: () => boolean
  readonly finish: () => void
}

/** Those who wait until the tip is as they want it. */
export class TipWatch {
  readonly #machine: Machine
  readonly #waiting = new Set<Waiting>()
  /** The daemon ends. */
  isOver = false

  constructor(machine: Machine) {
    this.#machine = machine
  }

  /** Resolves once `isReached` is true when asked after a move of the tip, after `timeoutMs` (0: never), or at the end. */
  until(isReached: () => boolean, timeoutMs: number): Promise<void> {
    if (isReached()) return Promise.resolve()
    return new Promise((resolve) => {
      const cancel = timeoutMs > 0 ? this.#machine.later(timeoutMs, () => waiting.finish()) : () => {}
      const waiting: Waiting = {
        isReached,
        finish: () => {
          cancel()
          this.#waiting.delete(waiting)
          resolve()
        },
      }
      this.#waiting.add(waiting)
    })
  }

  moved(): void {
    for (const waiting of [...this.#waiting]) if (waiting.isReached()) waiting.finish()
  }

  /** The daemon ends: nobody waits any longer. */
  end(): void {
    this.isOver = true
    for (const waiting of [...this.#waiting]) waiting.finish()
  }
}
