import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Writable } from 'node:stream'
import { expect } from 'vitest'
import type { ScenarioSource } from '../../scenario/index.ts'
import { runProgram } from '../program.ts'
import type { ExitCode } from '../verb.ts'

/** What somebody may type by mistake, or hand over on purpose. */
export interface BadInput {
  readonly argv: readonly string[]
  /** Files of the folder in which the command runs, by name. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** What else is in that folder. */
  readonly prepare?: (folder: string) => void
  /** Exit codes that are right; default: a usage error. */
  readonly exit?: readonly ExitCode[]
  /** Part of the line that is said. */
  readonly says?: string
}

const USAGE: readonly ExitCode[] = [2]
/** The input is odd, yet means something: it is played, and ends well or not. */
export const PLAYED: readonly ExitCode[] = [0, 1]
export const PLAYED_OR_REFUSED: readonly ExitCode[] = [0, 1, 2]

const LINE_LENGTH_MAX = 2_000
/** Said beside every result. */
const NOTES = [/^a block was refused: /, /^crypto: /]

/**
 * Runs the command in a folder of its own and expects the promise of every verb to hold: the right exit code; for a
 * usage error one line that is not long, and nothing left behind; never a stack trace, never half a file. Returns all
 * that was said.
 */
export async function saidOf({ argv, files = {}, prepare, exit = USAGE, says }: BadInput): Promise<string> {
  const home = process.cwd()
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-bad-'))
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
    prepare?.(folder)
    const before = filesIn(folder)
    process.chdir(folder)
    const [stdout, stderr] = [new Sink(), new Sink()]
    const exitCode = await runProgram(argv, { stdout, stderr })
    const said = stdout.text + stderr.text
    expect(said).not.toMatch(/internal error|^\s+at .+:\d+:\d+\)?$/m)
    expect(exit, said.slice(0, LINE_LENGTH_MAX)).toContain(exitCode)
    const left = filesIn(folder).filter((name) => !before.includes(name))
    expect(left.filter((name) => name.endsWith('.part'))).toEqual([])
    if (exitCode === 2) {
      const lines = stderr.text
        .split('\n')
        .filter((line) => line !== '' && !NOTES.some((note) => note.test(line)))
      expect(lines).toEqual([expect.stringMatching(/^touchstone: ./)])
      expect(lines[0]!.length).toBeLessThan(LINE_LENGTH_MAX)
      expect(left).toEqual([])
    }
    if (says !== undefined) expect(said).toContain(says)
    return said
  } finally {
    process.chdir(home)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same where nobody asks what was said. */
export async function expectHandled(input: BadInput): Promise<void> {
  await saidOf(input)
}

/** A story in which one block connects, changed. */
export function story(changes: Readonly<Record<string, unknown>> = {}): string {
  const source: ScenarioSource = {
    format: 'touchstone-scenario/1',
    title: 'a title',
    story: 'a story',
    sources: ['a test'],
    blocks: { b1: { extends: 'genesis' } },
    steps: [
      { do: 'send', items: ['b1'] },
      { do: 'expect', tip: 'b1' },
    ],
  }
  return JSON.stringify({ ...source, ...changes })
}

/** Everything below a folder; links are not followed. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? [path, ...filesIn(path)] : [path]
  })
}

class Sink extends Writable {
  text = ''
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}
