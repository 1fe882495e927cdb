import { FileError } from '../../files/index.ts'
import type { ChainReference } from '../../ports/index.ts'

/** How files are taken. */
export interface CollectOptions {
  /** The chain of blocks that do not name it themselves: a name, or a chain file that was read. */
  readonly chain?: ChainReference
  /** Hears of each file that cannot be read, which is then left out; without it the first such file throws. */
  readonly onUnreadable?: (message: string) => void
}

/** Reads something; a file that cannot be read is heard of, where somebody listens. @throws FileError where nobody does */
export function attempt({ onUnreadable }: CollectOptions, read: () => void): void {
  try {
    read()
  } catch (error) {
    if (onUnreadable === undefined || !(error instanceof FileError)) throw error
    onUnreadable(error.message)
  }
}
