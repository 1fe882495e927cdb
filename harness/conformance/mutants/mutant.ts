/** One known bug, planted by replacing one piece of the node's source. */
export interface Mutant {
  /** Stable; the letter says what it is about: V values, U coins, M blocks, H headers, L locks, S script, W witness, T taproot, P encoding, F forks. */
  readonly id: string
  /** What the node then does, in one sentence. */
  readonly bug: string
  /** Who had it, or which rule it breaks. */
  readonly source: string
  /** Path from the root of the project. */
  readonly file: string
  /** Stands exactly once in the file. */
  readonly find: string
  readonly replace: string
}
