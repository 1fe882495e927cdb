import { appendFileSync, existsSync, truncateSync } from 'node:fs'
import { FileError, inFile, readText, writeNew } from '../../files/index.ts'
import type { SeedReport } from './run-seed.ts'

/** What the seeds of one file have in common: a line of its own, the first. */
export interface ResultsHead {
  readonly format: 'touchstone-campaign/1'
  readonly nodes: number
  readonly profile: string
  readonly without: readonly string[]
  readonly tours: number
}

/** What a campaign has found so far, a line for each seed. */
export interface Results {
  /** Seeds that an earlier run of the campaign has played. */
  readonly known: ReadonlyMap<number, SeedReport>
  add(report: SeedReport): void
}

/**
 * Opens a file of results, or begins it. A last line that was cut short when a campaign was killed is dropped, and its
 * seed played again.
 * @throws FileError when the file holds something else, or results of another kind of campaign
 */
export function openResults(file: string, head: ResultsHead): Results {
  const known = new Map<number, SeedReport>()
  if (existsSync(file)) for (const report of readResults(file, head)) known.set(report.seed, report)
  else writeNew(file, `${JSON.stringify(head)}\n`)
  return {
    known,
    add: (report) => inFile(file, () => appendFileSync(file, `${JSON.stringify(report)}\n`)),
  }
}

function readResults(file: string, head: ResultsHead): SeedReport[] {
  const text = readText(file)
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const [first, ...lines] = whole.split('\n').slice(0, -1)
  if (first !== JSON.stringify(head))
    throw new FileError(`${file}: expected results of this campaign, beginning with ${JSON.stringify(head)}`)
  if (whole !== text) truncateSync(file, Buffer.byteLength(whole))
  return lines.map((line, index) => {
    const report = parsed(line)
    if (typeof report?.seed !== 'number' || typeof report.outcome !== 'string')
      throw new FileError(`${file}: line ${index + 2}: expected the result of a seed`)
    return report
  })
}

function parsed(line: string): SeedReport | undefined {
  try {
    return JSON.parse(line) as SeedReport
  } catch {
    return undefined
  }
}
