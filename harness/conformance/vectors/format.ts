import type { Engine } from '../../ports/index.ts'

/** What one case of a vector file says about an engine: it agrees, or in what it differs. */
export type VectorVerdict = 'pass' | { readonly fail: string }

/** One case of a vector file. */
export interface VectorCase {
  /** Stable and unique within its file. */
  readonly id: string
  run(engine: Engine): VectorVerdict
}

/** The content of one vector file: its bytes, and what they parse to when they are JSON. */
export interface VectorContent {
  readonly bytes: Uint8Array
  readonly json?: unknown
}

/** One public format of test vectors: recognised by its content, never by its file's name. */
export interface VectorFormat {
  readonly name: string
  detects(content: VectorContent): boolean
  /** Throws Error with one clear line when a file of this format holds a row that cannot be read. */
  cases(content: VectorContent): Iterable<VectorCase>
}

/** Compares what an engine says with what a vector expects. */
export function compare(actual: string, expected: string): VectorVerdict {
  return actual === expected ? 'pass' : { fail: `expected ${expected}, got ${actual}` }
}
