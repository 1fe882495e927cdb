import { visible } from '../../../reports/index.ts'
import { LineSplitter } from './lines.ts'

/** What a program writes on its standard error, as it comes. */
export interface Complaints {
  readonly push: (chunk: Buffer) => void
  readonly end: () => void
}

const MARK = 'stderr| '

/**
 * Passes on what a program complains of, a line at a time and marked as the program's own: no word of it can look like a
 * word of ours, nor move the cursor. A line that is too long is left out.
 */
export function createComplaints(write: (line: string) => void): Complaints {
  const splitter = () => new LineSplitter((line) => write(`${MARK}${visible(line)}\n`))
  let lines = splitter()
  return {
    push(chunk) {
      if (!lines.push(chunk)) lines = splitter()
    },
    end: () => void lines.end(),
  }
}
