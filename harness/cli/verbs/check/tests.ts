import { join } from 'node:path'
import type { Module } from '../../../../spec/index.ts'
import { coverOf } from '../../../checker/index.ts'
import type { Terminal } from '../../terminal.ts'
import type { VerbResult } from '../../verb.ts'
import { whole } from './print-checked.ts'
import { requireReplayable } from './save.ts'

/** Writes scenarios that take every step of a model's graph. Throws UsageError when the model is not replayed on nodes. */
export function writeTests<State extends object>(
  terminal: Terminal,
  model: Module<State>,
  { tests, testsMax, memory }: { readonly tests: string; readonly testsMax: number; readonly memory: number },
): VerbResult {
  requireReplayable(model, '--tests')
  const cover = coverOf(model, { scenariosMax: testsMax, memoryBytesMax: memory })
  if (cover === undefined) {
    terminal.line('inconclusive: the memory is full; --memory gives more')
    return { exitCode: 3, json: { model: model.name } }
  }
  const { scenarios, steps, tales } = cover
  const digits = String(scenarios.length).length
  const areSaved = scenarios.every((scenario, index) =>
    terminal.save(
      join(tests, `${String(index + 1).padStart(digits, '0')}.json`),
      `${JSON.stringify(scenario, undefined, 2)}\n`,
    ),
  )
  if (!areSaved) return { exitCode: 2, json: { model: model.name } }
  terminal.line(
    `${whole(steps)} steps come to ${whole(tales)} tales of one node; ${whole(scenarios.length)} written`,
  )
  if (scenarios.length < tales)
    terminal.line(`${whole(tales - scenarios.length)} are left out; --tests-max ${tales} writes all`)
  terminal.line(`next: npx touchstone replay ${tests}`)
  return { exitCode: 0, json: { model: model.name, steps, tales, scenarios: scenarios.length } }
}
