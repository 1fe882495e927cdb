import type { RpcNode } from './node.ts'
import type { Arguments, Parameter } from './parameter.ts'

/** The chapters of `help`, in its order. */
export const CATEGORIES = [
  'blockchain',
  'control',
  'mempool',
  'mining',
  'network',
  'rawtransactions',
  'util',
] as const
export type Category = (typeof CATEGORIES)[number]

/** Parameters by name, in the order in which they may be given without one. */
export type Parameters = Readonly<Record<string, Parameter<unknown>>>

/** A call that the node answers: its name, what it takes, what it does. */
export interface Method {
  readonly name: string
  readonly category: Category
  /** One sentence, a verb phrase. */
  readonly summary: string
  readonly parameters: Parameters
  /** It is for tests and programmers: `help` without a name leaves it out. */
  readonly isHidden: boolean
  /** What `help` prints instead of what follows from the rest. */
  readonly usage?: string
  /** May throw RpcError; `given` are the arguments by position as they came. The result is plain data, in which a RawNumber may stand. */
  run(values: Readonly<Record<string, unknown>>, node: RpcNode, given: readonly unknown[]): unknown
}

/** Defines a method; the types of its arguments follow from its parameters. */
export function method<const Taken extends Parameters>(definition: {
  readonly name: string
  readonly category: Category
  readonly summary: string
  readonly parameters: Taken
  readonly isHidden?: boolean
  readonly usage?: string
  readonly run: (values: Arguments<Taken>, node: RpcNode, given: readonly unknown[]) => unknown
}): Method {
  return { isHidden: false, ...definition, run: definition.run as Method['run'] }
}
