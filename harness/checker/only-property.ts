import type { Module } from '../../spec/index.ts'

/** The model with only one of its invariants and properties. Throws RangeError when there is none of this name. */
export function onlyProperty<State>(model: Module<State>, name: string): Module<State> {
  const own = { ...model.invariants, ...model.properties, ...model.refinements }
  if (!Object.hasOwn(own, name))
    throw new RangeError(`${name}: ${model.name} has ${Object.keys(own).join(', ') || 'no property'}`)
  const only = <Value>(values: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
    Object.hasOwn(values, name) ? { [name]: values[name]! } : {}
  return {
    ...model,
    invariants: only(model.invariants),
    properties: only(model.properties),
    refinements: only(model.refinements),
  }
}
