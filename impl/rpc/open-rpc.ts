import type { JsonKind } from './json-kind.ts'
import type { Method } from './method.ts'
import type { Parameter } from './parameter.ts'

const OPEN_RPC_VERSION = '1.3.2'

/** The OpenRPC document of some methods, made from their definitions. [OpenRPC 1.3.2] */
export function openRpcOf(methods: Iterable<Method>, version: string): unknown {
  return {
    openrpc: OPEN_RPC_VERSION,
    info: { title: 'touchstoned', version },
    methods: Array.from(methods, (method) => ({
      name: method.name,
      summary: method.summary,
      tags: [{ name: method.category }, ...(method.isHidden ? [{ name: 'hidden' }] : [])],
      paramStructure: 'either',
      params: Object.entries(method.parameters).map(([name, parameter]) => ({
        name,
        description: parameter.meaning,
        required: !parameter.isOptional,
        schema: schemaOf(parameter),
      })),
      result: { name: 'result', schema: {} },
    })),
  }
}

/** JSON Schema of one argument. Members that may stand beside the other arguments are named. */
function schemaOf({ kinds, members }: Parameter<unknown>): Record<string, unknown> {
  const [kind] = kinds
  const type = kinds.length === 0 ? {} : { type: kinds.length === 1 ? kind : ([...kinds] as JsonKind[]) }
  if (members.length === 0) return type
  return { ...type, properties: Object.fromEntries(members.map((member) => [member, {}])) }
}
