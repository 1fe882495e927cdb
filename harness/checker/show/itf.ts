import { isSame, type Module } from '../../../spec/index.ts'
import type { Trace } from '../explore/trace.ts'

/** A trace in the Informal Trace Format, which other tools show. [ADR-015 of Apalache] */
export function traceToItf<State extends object>(model: Module<State>, trace: Trace<State>): object {
  const names = Object.keys(model.variables) as (keyof State & string)[]
  const loop = trace.at(-1)?.loop?.to
  return {
    '#meta': { format: 'ITF', 'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html' },
    params: [],
    vars: names,
    ...(loop !== undefined && { loop }),
    states: trace.map(({ happened, state }, index) => ({
      '#meta': { index, ...(happened !== undefined && { action: happened.printed }) },
      ...Object.fromEntries(names.map((name) => [name, model.variables[name].toItf(state[name])])),
    })),
  }
}

/** A trace as plain data: the first state whole, of each later one what happened and what it changed. */
export function traceToJson<State extends object>(trace: Trace<State>): readonly object[] {
  return trace.map(({ happened, state, loop }, index) => {
    const before = trace[index - 1]?.state as Record<string, unknown> | undefined
    const changes = Object.entries(state).filter(([name, value]) => !isSame(before?.[name], value))
    return {
      ...(happened !== undefined && { action: happened.action, choice: happened.choice }),
      changes: Object.fromEntries(before === undefined ? Object.entries(state) : changes),
      ...(loop !== undefined && { loop }),
    }
  })
}
