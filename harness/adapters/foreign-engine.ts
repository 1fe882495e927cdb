import type { Engine } from '../ports/index.ts'

/** An engine with something behind it that runs: a program, a thread, a connection. */
export interface ForeignEngine extends Engine {
  /** False once it has failed to answer. */
  isAlive(): boolean
  /** Ends what runs. */
  close(): void
}

/** An engine of this house: nothing has to be ended. */
export function alwaysAlive(engine: Engine): ForeignEngine {
  return { ...engine, isAlive: () => true, close: () => {} }
}
