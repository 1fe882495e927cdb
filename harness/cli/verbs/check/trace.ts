import { z } from 'zod'
import type { Module } from '../../../../spec/index.ts'
import { type Observation, validate } from '../../../checker/index.ts'
import { parseShaped, readText } from '../../../files/index.ts'
import type { Terminal } from '../../terminal.ts'
import type { VerbResult } from '../../verb.ts'

const values = z.record(z.string(), z.unknown())
const traceSchema = z.strictObject({
  /** Variables at first, as far as they were seen. */
  first: values.optional(),
  observations: z.array(
    z.strictObject({
      action: z.string().optional(),
      choice: values.optional(),
      after: values.optional(),
    }),
  ),
})

/** Says whether what was observed, as a file records it, is a behaviour of a model. Throws FileError on a bad file. */
export function checkTrace<State extends object>(
  terminal: Terminal,
  model: Module<State>,
  path: string,
): VerbResult {
  const { first = {}, observations } = readTrace(path)
  const validation = validate(model, first, observations)
  if (validation.isBehaviour) {
    terminal.line(`pass: ${observations.length} observations are a behaviour of ${model.name}`)
    return { exitCode: 0, json: { model: model.name, ...validation } }
  }
  const { explained, observation, reasons, before } = validation
  terminal.line(`${explained} of ${observations.length} observations are explained; the next is not:`)
  terminal.line(`  ${JSON.stringify(observation)}`)
  for (const reason of reasons) terminal.line(`  ${reason}`)
  if (before !== '') terminal.line('the state before it may have been')
  for (const line of before.split('\n')) terminal.line(`  ${line}`.trimEnd())
  terminal.line('fail')
  return { exitCode: 1, json: { model: model.name, ...validation } }
}

function readTrace(path: string): {
  readonly first?: Readonly<Record<string, unknown>> | undefined
  readonly observations: readonly Observation[]
} {
  return parseShaped(path, readText(path), traceSchema) as ReturnType<typeof readTrace>
}
