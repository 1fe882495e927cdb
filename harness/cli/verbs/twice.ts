import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chainLookup } from '../../adapters/index.ts'
import { readCorpus } from '../../scenario/index.ts'
import { firstDifference } from '../../simulation/index.ts'
import type { Terminal } from '../terminal.ts'

const OUTPUT_BYTES_MAX = 256 << 20

interface ReplayJson {
  readonly cases: readonly { readonly id: string; readonly eventHash?: string }[]
}

/** Replays in a second process; the event hash of each scenario there, by id. */
export async function hashesElsewhere(
  executable: string,
  paths: readonly string[],
  node: string,
): Promise<ReadonlyMap<string, string | undefined>> {
  const output = await run(executable, ['replay', ...paths, '--node', node, '--json'])
  const { cases } = JSON.parse(output) as ReplayJson
  return new Map(cases.map(({ id, eventHash }) => [id, eventHash]))
}

/** Plays one scenario in two more processes and prints the first event in which they differ. */
export async function printFirstDifference(
  terminal: Terminal,
  executable: string,
  paths: readonly string[],
  node: string,
  id: string,
): Promise<void> {
  const path = readCorpus(paths, chainLookup).find((entry) => entry.id === id)?.path
  if (path === undefined) return
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-trace-'))
  try {
    const traces: string[][] = []
    for (const name of ['first', 'second']) {
      const file = join(folder, name)
      await run(executable, ['replay', path, '--node', node, '--trace', file, '--json'])
      traces.push(readFileSync(file, 'utf8').trimEnd().split('\n'))
    }
    const [first, second] = traces as [string[], string[]]
    const at = firstDifference(first, second)
    if (at === undefined)
      return terminal.line('         two more processes agreed: the difference comes and goes')
    terminal.line(`         event ${at}: ${first[at] ?? 'none'}`)
    terminal.line(`         event ${at}: ${second[at] ?? 'none'}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The standard output of a process, whatever its exit code: failing scenarios are part of the answer. */
function run(executable: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [executable, ...args],
      { maxBuffer: OUTPUT_BYTES_MAX },
      (error, stdout, stderr) => {
        if (stdout !== '') resolve(stdout)
        else reject(new Error(`the second process gave no answer: ${stderr.trim() || error?.message}`))
      },
    )
  })
}
