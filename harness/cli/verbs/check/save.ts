import type { Module } from '../../../../spec/index.ts'
import { REPLAYABLE_MODELS, scenarioOf, traceToItf, type Violation } from '../../../checker/index.ts'
import type { Terminal } from '../../terminal.ts'
import { UsageError } from '../../usage-error.ts'

/** Where a counterexample is written, in which format. */
export interface ViolationFiles {
  readonly itf?: string
  readonly scenario?: string
}

/** Writes a counterexample, when there is one, to the files that were asked for. */
export function saveViolation<State extends object>(
  terminal: Terminal,
  model: Module<State>,
  violation: Violation<State> | undefined,
  { itf, scenario }: ViolationFiles,
): void {
  if (violation === undefined) return
  const save = (path: string, content: object) =>
    terminal.save(path, `${JSON.stringify(content, undefined, 2)}\n`)
  if (itf !== undefined) save(itf, traceToItf(model, violation.trace))
  if (scenario === undefined) return
  save(scenario, scenarioOf(model, violation)!)
  terminal.line(`repro: npx touchstone replay ${scenario}`)
}

/** Throws UsageError when nobody has written how the steps of this model are replayed on nodes. */
export function requireReplayable<State>({ name }: Module<State>, option = '--scenario'): void {
  if (REPLAYABLE_MODELS.includes(name)) return
  throw new UsageError(`${option}: ${name} is not replayed on nodes; ${REPLAYABLE_MODELS.join(' and ')} are`)
}
