import Table from 'cli-table3'
import type { Module } from '../../../../spec/index.ts'
import { type Checked, traceLines, traceToJson, type Violation } from '../../../checker/index.ts'
import type { Terminal } from '../../terminal.ts'
import type { ExitCode } from '../../verb.ts'

/** 1 a violation, or something that must be seen and never was; 3 when memory came to its end first. */
export function verdictOf<State>(checked: Checked<State>): ExitCode {
  if (checked.outcome === 'violation') return 1
  if (checked.outcome === 'bounded') return 3
  return unseen(checked).length > 0 ? 1 : 0
}

/** Says what an checked found out. */
export function printChecked<State extends object>(
  terminal: Terminal,
  model: Module<State>,
  checked: Checked<State>,
  seconds: number,
): void {
  const { outcome, distinct, generated, depth, queue, violation } = checked
  terminal.line(`${model.name}: ${printConstants(model.constants)}`)
  if (violation !== undefined) printViolation(terminal, model, violation)
  terminal.line(actionTable(checked))
  for (const [name, count] of Object.entries(checked.sometimes))
    terminal.line(`sometimes ${name}: ${count === 0 ? 'never seen' : `seen ${whole(count)} times`}`)
  for (const { name, verdict } of checked.liveness) terminal.line(`${name}: ${verdict}`)
  terminal.line(
    `${whole(distinct)} distinct, ${whole(generated)} generated, depth ${depth}, queue ${whole(queue)}; ${seconds.toFixed(1)} s, ${whole(distinct / Math.max(seconds, 0.001))} states/s`,
  )
  terminal.line('states are compared whole: no state is lost to a collision of hashes')
  terminal.line(closing(outcome, unseen(checked)))
}

function closing(outcome: Checked<unknown>['outcome'], never: readonly string[]): string {
  if (outcome === 'bounded') return 'inconclusive: the memory is full; --memory gives more'
  if (outcome === 'violation') return 'fail'
  return never.length > 0 ? `fail: never seen: ${never.join(', ')}` : 'pass'
}

const HEADS: Readonly<Record<Violation<unknown>['kind'], (name: string) => string>> = {
  invariant: (name) => `${name} does not hold in the last state`,
  step: (name) => `${name} does not hold of the last step`,
  refinement: (name) => `the last step is none of ${name}, which the model says it implements`,
  liveness: (name) => `${name} does not hold of this behaviour, which is fair`,
  deadlock: () => 'deadlock: nothing can happen in the last state, and the model does not end there',
}

/** Says what is violated, and the way there. */
export function printViolation<State extends object>(
  terminal: Terminal,
  model: Module<State>,
  { kind, name, trace }: Violation<State>,
): void {
  terminal.line(`${HEADS[kind](name)}; ${trace.length} states`)
  for (const line of traceLines(model, trace)) terminal.line(line)
  terminal.line()
}

function actionTable<State>({ actions }: Checked<State>): string {
  const table = new Table({
    head: ['action', 'enabled', 'taken', 'new states'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'right', 'right', 'right'],
  })
  for (const { name, enabled, taken, fresh } of actions)
    table.push([name, whole(enabled), whole(taken), whole(fresh)])
  return table.toString()
}

/** The result as the one object of `--json`. */
export function checkedJson<State extends object>(
  model: Module<State>,
  { space: _, violation, ...counts }: Checked<State>,
  seconds: number,
): object {
  return {
    model: model.name,
    constants: model.constants,
    ...counts,
    seconds,
    ...(violation !== undefined && { violation: { ...violation, trace: traceToJson(violation.trace) } }),
  }
}

/** Constants in one line. */
export function printConstants(constants: object): string {
  return Object.entries(constants)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(' ')
}

function unseen<State>({ sometimes }: Checked<State>): readonly string[] {
  return Object.entries(sometimes).flatMap(([name, count]) => (count === 0 ? [name] : []))
}

/** A whole number with separators. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}
