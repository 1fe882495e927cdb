/** One more of a kind: its own file, the index that lists it, and what shows that it is there. */
export interface ExtensionPoint {
  readonly kind: string
  /** Path and text of the new file; a kind that needs a companion (a rule its fault) is listed with a point of its own. */
  readonly file: string
  readonly text: string
  readonly index: string
  /** The line that imports it into the index, and the entry that stands before `before` there. */
  readonly imports: string
  readonly entry: string
  readonly before: string
  /** What `node` is asked in the copy, and what it prints only with the extension. */
  readonly shownBy: readonly string[]
  readonly prints: RegExp
}

/** The program, as `node` is given it. */
export const TOUCHSTONE = 'harness/bin/touchstone'
