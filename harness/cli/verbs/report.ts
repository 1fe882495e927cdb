import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Command, Option } from 'commander'
import { htmlPage, type RunRecord, runFromNdjson, runText } from '../../../reports/index.ts'
import { chainLookup } from '../../adapters/index.ts'
import { parseStrictJson, readText } from '../../files/index.ts'
import { pageScript } from '../../pages/index.ts'
import { readCorpus } from '../../scenario/index.ts'
import { simulatorPlayer } from '../../simulation/index.ts'
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
    .description(
      'render a recorded run, or a scenario that is played for it; the newest run when none is named',
    )
    .argument('[run]', 'a run file (NDJSON) or a scenario (JSON)')
    .addOption(new Option('--format <name>', 'how').choices(['html', 'text']).default('html'))
    .option('--out <file>', 'where the page goes; default: beside the run file, or the output folder')
    .option('--open', 'open the page')
  return verb<ReportOptions>(command, context, async (terminal, options, [path]) => {
    const file = path ?? newestRun()
    const records = file.endsWith('.json') ? playStory(file) : readRun(file)
    if (options.format === 'text') {
      terminal.line(runText(records))
      return { exitCode: 0, json: { run: file, records: records.length } }
    }
    const page = options.out ?? pageOf(file)
    terminal.save(
      page,
      htmlPage({
        title: 'Touchstone run',
        subtitle: file,
        figures: [],
        suites: [],
        runs: [records],
        script: pageScript('run-page'),
      }),
    )
    terminal.line(page)
    if (options.open === true) openPage(page)
    return { exitCode: 0, json: { run: file, page } }
  })
}

/** A scenario played on simulated nodes, as a run file would hold it. */
function playStory(file: string): readonly RunRecord[] {
  const [entry] = readCorpus([file], chainLookup)
  return simulatorPlayer()(entry!).records
}

/** Beside a run; the page of a scenario goes where other output goes. */
function pageOf(file: string): string {
  return file.endsWith('.json')
    ? join(OUTPUT_FOLDER, `${basename(file, '.json')}.html`)
    : `${file.replace(/\.ndjson$/, '')}.html`
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
