import { isSame, type Module } from '../../../spec/index.ts'
import type { Trace, TraceEntry } from '../explore/trace.ts'

/** A trace as lines: the first state whole, of each later one what happened and what it changed. */
export function traceLines<State extends object>(
  model: Module<State>,
  trace: Trace<State>,
): readonly string[] {
  const width = String(trace.length).length
  return trace.flatMap(({ happened, state, loop }, index) => {
    const before: State | undefined = trace[index - 1]?.state
    const head = happened === undefined ? 'at first' : happened.printed
    const changes = (Object.keys(model.variables) as (keyof State & string)[])
      .filter((name) => before === undefined || !isSame(before[name], state[name]))
      .map((name) => `${' '.repeat(width)}    ${name} = ${model.variables[name].print(state[name])}`)
    return [
      `${String(index + 1).padStart(width)}  ${head}`,
      ...changes,
      ...(loop === undefined ? [] : [`${' '.repeat(width)}  ${loopLine(loop)}`]),
    ]
  })
}

function loopLine({ to, happened }: NonNullable<TraceEntry<unknown>['loop']>): string {
  return happened === undefined
    ? 'nothing happens any more'
    : `${happened.printed}: on from state ${to + 1}, for ever`
}
