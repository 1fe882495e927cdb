import { join } from 'node:path'
import { Command } from 'commander'
import { plotSvg } from '../../../reports/index.ts'
import { runStudy, STUDIES, type StudyResult } from '../../simulation/index.ts'
import { integer } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { type VerbContext, type VerbResult, verb } from '../verb.ts'

interface StudyOptions {
  readonly all?: boolean
  readonly list?: boolean
  readonly seed: number
  readonly out?: string
}

/** `touchstone study NAME…|--all` */
export function studyCommand(context: VerbContext): Command {
  const command = new Command('study')
    .description('simulate what theory has a formula for, and lay the two beside each other')
    .argument('[name...]', 'studies; `--list` names them')
    .option('--all', 'every study')
    .option('--list', 'name the studies')
    .option('--seed <n>', 'random seed', integer(0, 0x7fffffff), 1)
    .option('--out <folder>', 'write the plots there, as SVG')
  return verb<StudyOptions>(command, context, async (terminal, options, names) => {
    if (options.list === true) return list(terminal)
    if ((options.all === true) === names.length > 0) throw new UsageError('study: expected names, or --all')
    const chosen = options.all === true ? STUDIES : names.map(studyNamed)
    const results = chosen.map((study) => play(terminal, study, options))
    const failed = results.filter(({ verdict }) => verdict === 'fail').length
    terminal.line(`${results.length - failed} passed, ${failed} failed`)
    return { exitCode: failed > 0 ? 1 : 0, json: { seed: options.seed, studies: results } }
  })
}

type Study = (typeof STUDIES)[number]

function list(terminal: Terminal): VerbResult {
  for (const { name, title } of STUDIES) terminal.line(`${name.padEnd(16)} ${title}`)
  return {
    exitCode: 0,
    json: { studies: STUDIES.map(({ name, title, sources }) => ({ name, title, sources })) },
  }
}

function studyNamed(name: string): Study {
  const study = STUDIES.find((entry) => entry.name === name)
  if (study === undefined)
    throw new UsageError(`${name}: no such study; expected ${STUDIES.map((entry) => entry.name).join(', ')}`)
  return study
}

function play(terminal: Terminal, study: Study, { seed, out }: StudyOptions): StudyResult {
  const bar = terminal.progress(study.name, study.cells.length)
  let done = 0
  const result = (() => {
    try {
      return runStudy(study, seed, ({ label }) => bar.update(++done, label))
    } finally {
      bar.stop()
    }
  })()
  printStudy(terminal, result)
  if (out !== undefined)
    for (const [index, plot] of result.plots.entries())
      terminal.save(join(out, `${study.name}${index === 0 ? '' : `-${index + 1}`}.svg`), plotSvg(plot))
  return result
}

function printStudy(
  terminal: Terminal,
  { title, name, cells, sensitivity, tables, notes, ...rest }: StudyResult,
): void {
  terminal.line(`${name}: ${title}`)
  terminal.line(`  ${rest.text}`)
  terminal.line(`  sources: ${rest.sources.join('; ')}`)
  const figures = cells.map(({ label, expected, found, low, high, n, detects, verdict }) => [
    label,
    short(expected),
    short(found),
    `${short(low)} … ${short(high)}`,
    String(n),
    `${(100 * detects).toFixed(1)} %`,
    verdict,
  ])
  table(terminal, ['', 'expected', 'found', 'interval', 'N', 'detects', ''], figures)
  const noticed = sensitivity.map(({ wrong, red, of }) => `${wrong} ${red} of ${of}`).join(', ')
  terminal.line(`  cells that notice an error of 5 %: ${noticed}`)
  for (const { title: heading, head, rows } of tables) {
    terminal.line(`  ${heading}`)
    table(terminal, head, rows)
  }
  for (const note of notes) terminal.line(`  note: ${note}`)
  terminal.line(`  ${rest.verdict}, seed ${rest.seed}`)
}

const short = (value: number) => value.toPrecision(5)

function table(terminal: Terminal, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  )
  for (const row of [head, ...rows])
    terminal.line(`    ${row.map((text, column) => text.padEnd(widths[column]!)).join('  ')}`.trimEnd())
}
