import type { LibraryQuestion } from '../../ports/index.ts'

/** One thing that a library is asked, and where it comes from. */
export interface LibraryCase {
  /** Stable and unique within its source. */
  readonly id: string
  readonly question: LibraryQuestion
  /** What the specification answers, where that is known already. */
  readonly expected?: string
}

/** Cases that belong together: a story, or a file of vectors. */
export interface LibrarySource {
  readonly name: string
  readonly cases: Iterable<LibraryCase>
}
