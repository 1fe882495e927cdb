import { type JsonKind, kindName, kindOf } from './json-kind.ts'
import type { Method } from './method.ts'
import type { RpcNode } from './node.ts'
import { invalidParameter, RPC, RpcError } from './rpc-error.ts'
import { usageOf } from './usage.ts'

/** Calls a method with the `params` of a request: positions, names, or both with positions under `args`. Throws RpcError. */
export function call(method: Method, params: unknown, node: RpcNode): unknown {
  const given = positions(method, params)
  return method.run(readArguments(method, given), node, given)
}

function readArguments(method: Method, given: readonly unknown[]): Record<string, unknown> {
  const parameters = Object.entries(method.parameters)
  if (given.length > parameters.length) throw new RpcError(RPC.misc, usageOf(method))
  const wrong: [string, string][] = []
  parameters.forEach(([name, parameter], at) => {
    const value = given[at]
    if (isAbsent(value)) {
      if (!parameter.isOptional) throw new RpcError(RPC.misc, usageOf(method))
    } else if (parameter.kinds.length > 0 && !parameter.kinds.includes(kindOf(value) as JsonKind))
      wrong.push([
        `Position ${at + 1} (${name})`,
        `JSON value of type ${kindName(kindOf(value))} is not of expected type ${kindName(parameter.kinds[0]!)}`,
      ])
  })
  if (wrong.length > 0)
    throw new RpcError(RPC.type, `Wrong type passed:\n${JSON.stringify(Object.fromEntries(wrong), null, 4)}`)
  return Object.fromEntries(
    parameters.map(([name, parameter], at) => [
      name,
      parameter.read(isAbsent(given[at]) ? undefined : given[at], name),
    ]),
  )
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null
}

/** The arguments in the order of the parameters, whatever way they were given. [Core transformNamedArguments] */
function positions(method: Method, params: unknown): unknown[] {
  if (params === undefined || params === null) return []
  if (Array.isArray(params)) return params
  if (typeof params !== 'object') throw new RpcError(RPC.invalidRequest, 'Params must be an array or object')
  const named = new Map(Object.entries(params))
  const leading = named.get('args')
  const takesArgs = Object.hasOwn(method.parameters, 'args')
  const values: unknown[] = !takesArgs && Array.isArray(leading) ? [...leading] : []
  if (!takesArgs) named.delete('args')
  const given = values.length
  Object.entries(method.parameters).forEach(([name, { aliases }], at) => {
    for (const spelling of [name, ...aliases]) {
      if (!named.has(spelling)) continue
      if (at < given)
        throw invalidParameter(`Parameter ${spelling} specified twice both as positional and named argument`)
      if (values[at] !== undefined) throw invalidParameter(`Parameter ${spelling} specified multiple times`)
      values[at] = named.get(spelling)
      named.delete(spelling)
    }
  })
  takeMembers(method, named, values)
  const [unknown] = named.keys()
  if (unknown !== undefined) throw invalidParameter(`Unknown named parameter ${unknown}`)
  return Array.from(values)
}

/** Members of an object of options may be given as arguments of their own. [Core OBJ_NAMED_PARAMS] */
function takeMembers(method: Method, named: Map<string, unknown>, values: unknown[]): void {
  Object.values(method.parameters).forEach(({ members }, at) => {
    for (const member of members) {
      if (!named.has(member)) continue
      const options = values[at] ?? {}
      if (Object.hasOwn(options as object, member))
        throw invalidParameter(`Parameter ${member} specified multiple times`)
      values[at] = { ...options, [member]: named.get(member) }
      named.delete(member)
    }
  })
}
