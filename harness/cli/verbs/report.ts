import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { htmlPage, type RunRecord, runFromNdjson, runText } from '../../../reports/index.ts'
import { parseStrictJson, readText } from '../../files/index.ts'
import { OUTPUT_FOLDER } from '../folders.ts'
import { UsageError } from '../usage-error.ts'
import { type VerbContext, verb } from '../verb.ts'

interface ReportOptions {
  readonly format: 'html' | 'text'
  readonly out?: string
  readonly open?: boolean
}

/** `touchstone report [RUN]` */
export function reportCommand(context: VerbContext): Command {
  const command = new Command('report')
    .description('render a recorded run; the newest one when none is named')
    .argument('[run]', 'a run file (NDJSON)')
    .addOption(new Option('--format <name>', 'how').choices(['html', 'text']).default('html'))
    .option('--out <file>', 'where the page goes; default: beside the run file')
    .option('--open', 'open the page')
  return verb<ReportOptions>(command, context, async (terminal, options, [path]) => {
    const file = path ?? newestRun()
    const records = readRun(file)
    if (options.format === 'text') {
      terminal.line(runText(records))
      return { exitCode: 0, json: { run: file, records: records.length } }
    }
    const page = options.out ?? `${file.replace(/\.ndjson$/, '')}.html`
    terminal.save(
      page,
      htmlPage({ title: 'Touchstone run', subtitle: file, figures: [], suites: [], runs: [records] }),
    )
    terminal.line(page)
    if (options.open === true) openPage(page)
    return { exitCode: 0, json: { run: file, page } }
  })
}

function readRun(file: string): RunRecord[] {
  const text = readText(file)
  try {
    return runFromNdjson(text, parseStrictJson)
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : error}`)
  }
}

function newestRun(): string {
  const files = existsSync(OUTPUT_FOLDER)
    ? readdirSync(OUTPUT_FOLDER)
        .filter((name) => name.endsWith('.ndjson'))
        .map((name) => join(OUTPUT_FOLDER, name))
    : []
  const newest = files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0]
  if (newest === undefined)
    throw new UsageError(
      `${OUTPUT_FOLDER} holds no run yet: name a run file, or make one with \`touchstone run\``,
    )
  return newest
}

function openPage(page: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open'
  spawn(opener, [page], { detached: true, stdio: 'ignore' })
    .on('error', () => {})
    .unref()
}
