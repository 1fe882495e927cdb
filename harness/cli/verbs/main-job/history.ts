import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type HistoryEntry, historyEntrySchema } from '../../../../reports/index.ts'
import { parseStrictJson, readText } from '../../../files/index.ts'
import { OUTPUT_FOLDER } from '../../folders.ts'
import type { Terminal } from '../../terminal.ts'

const FILE = join(OUTPUT_FOLDER, 'history.ndjson')

/** Adds a run to the history of the output folder. @returns all runs, this one last; lines that are none are left out */
export function addToHistory(terminal: Terminal, entry: HistoryEntry): readonly HistoryEntry[] {
  const entries = [...(existsSync(FILE) ? readText(FILE).split('\n').flatMap(entryOf) : []), entry]
  terminal.save(FILE, entries.map((known) => `${JSON.stringify(known)}\n`).join(''))
  return entries
}

function entryOf(line: string): HistoryEntry[] {
  try {
    return [historyEntrySchema.parse(parseStrictJson(line))]
  } catch {
    return []
  }
}
