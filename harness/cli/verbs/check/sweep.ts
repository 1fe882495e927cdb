import Table from 'cli-table3'
import type { Module } from '../../../../spec/index.ts'
import { type ExploreOptions, type SweepRow, sweep } from '../../../checker/index.ts'
import type { Terminal } from '../../terminal.ts'
import { UsageError } from '../../usage-error.ts'
import type { VerbResult } from '../../verb.ts'
import { printConstants, whole } from './print-checked.ts'

// biome-ignore lint/suspicious/noExplicitAny: each model has states of its own
type AnyModule = Module<any> & { readonly withConstants?: (constants: object) => AnyModule }

/** Explores a model with each value of one constant, and prints how it grows. Throws UsageError on a bad constant. */
export function checkSweep(
  terminal: Terminal,
  model: AnyModule,
  text: string,
  options: ExploreOptions,
): VerbResult {
  const { constant, values } = parseSweep(model, text)
  const models = values.map((value) => [value, model.withConstants!({ [constant]: value })] as const)
  const bar = terminal.progress('sweep', values.length)
  const rows: SweepRow[] = []
  try {
    for (const row of sweep(models, options)) {
      rows.push(row)
      bar.update(rows.length, `${constant}=${JSON.stringify(row.value)}`)
    }
  } finally {
    bar.stop()
  }
  terminal.line(`${model.name}: ${printConstants(model.constants)}`)
  terminal.line(tableOf(constant, rows))
  const last = rows.at(-1)!
  terminal.line(closing(constant, last))
  const exitCode = last.outcome === 'complete' ? 0 : last.outcome === 'violation' ? 1 : 3
  return { exitCode, json: { model: model.name, constants: model.constants, constant, rows } }
}

function closing(constant: string, { outcome, value, violation }: SweepRow): string {
  if (outcome === 'complete') return 'pass'
  const where = `${constant}=${JSON.stringify(value)}`
  return outcome === 'violation'
    ? `fail: ${violation} with ${where}; check --set ${where} shows the way there`
    : `inconclusive: the memory is full with ${where}; --memory gives more`
}

function tableOf(constant: string, rows: readonly SweepRow[]): string {
  const table = new Table({
    head: [constant, 'distinct', 'generated', 'depth', 'growth', 'seconds'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
  })
  for (const { value, distinct, generated, depth, growth, seconds } of rows)
    table.push([
      JSON.stringify(value),
      whole(distinct),
      whole(generated),
      depth,
      growth === undefined ? '' : `× ${growth.toFixed(1)}`,
      seconds.toFixed(1),
    ])
  return table.toString()
}

function parseSweep(
  { name, constants, withConstants }: AnyModule,
  text: string,
): { readonly constant: string; readonly values: readonly unknown[] } {
  const [, constant = '', list = ''] = /^([^=]+)=(.*)$/.exec(text) ?? []
  if (withConstants === undefined || !Object.hasOwn(constants, constant))
    throw new UsageError(
      `--sweep ${text}: expected CONSTANT=VALUE,VALUE…; ${name} has the constants ${Object.keys(constants).join(', ')}`,
    )
  try {
    const values: unknown = JSON.parse(`[${list}]`)
    if (Array.isArray(values) && values.length > 0) return { constant, values }
  } catch {}
  throw new UsageError(`--sweep ${text}: expected values in JSON after =, with commas between them`)
}
