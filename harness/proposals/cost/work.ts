/** What a node does to judge scripts, by kind. */
export interface Work {
  readonly signatures: number
  readonly hashedBytes: number
  readonly stackBytes: number
  readonly instructions: number
}

/** What one unit of each kind costs, in nanoseconds; when and on what it was measured. */
export interface Prices {
  /** YYYY-MM-DD. */
  readonly measured: string
  readonly machine: string
  readonly node: string
  readonly nanoseconds: Work
}

export const NO_WORK: Work = { signatures: 0, hashedBytes: 0, stackBytes: 0, instructions: 0 }

const KINDS = Object.keys(NO_WORK) as readonly (keyof Work)[]

/** The same kind of work from two counts. */
export function combine(left: Work, right: Work, of: (left: number, right: number) => number): Work {
  return Object.fromEntries(KINDS.map((kind) => [kind, of(left[kind], right[kind])])) as unknown as Work
}

/** Seconds that the work takes at these prices. */
export function secondsOf(work: Work, { nanoseconds }: Prices): number {
  return KINDS.reduce((sum, kind) => sum + work[kind] * nanoseconds[kind], 0) / 1e9
}
