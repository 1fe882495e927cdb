import type { z } from 'zod'
import type { Capability } from '../../ports/index.ts'
import { milliseconds } from '../format/primitives.ts'
import type { StepWorld } from './step-world.ts'

/** One place in a scenario that names something else. */
export interface Mention {
  readonly kind: 'node' | 'block' | 'transaction' | 'item'
  readonly name: string
  /** Where, below the step: `items.0`. */
  readonly path: string
}

/** A kind of step, whole: how it is written, what it names and needs, what it does, how it reads. */
export interface StepKind<Schema extends z.ZodObject = z.ZodObject> {
  readonly schema: Schema
  mentions?(step: z.output<Schema>): readonly Mention[]
  /** What a target must be able to do to play it. */
  needs?(step: z.output<Schema>, isTransaction: (name: string) => boolean): readonly Capability[]
  /** Does to the world what the step says; a kind without it only looks. */
  perform?(world: StepWorld, step: z.output<Schema>): void
  /** One line: `send b1 t1 to n1 as header by peer`. */
  text(step: z.output<Schema>): string
}

/** Declares a kind of step: keeps its schema as a type. */
export const stepKind = <Schema extends z.ZodObject>(kind: StepKind<Schema>): StepKind<Schema> => kind

/** Ms since the scenario's start; default: the time of the step before. */
export const at = { at: milliseconds.optional() }

/** A mention of each of these names, in a list of the step. */
export function mentionAll(
  kind: Mention['kind'],
  names: readonly string[] | undefined,
  path: string,
): Mention[] {
  return (names ?? []).map((name, index) => ({ kind, name, path: `${path}.${index}` }))
}

/** A mention of one name, where the step has it. */
export function mention(kind: Mention['kind'], name: string | undefined, path: string): Mention[] {
  return name === undefined ? [] : [{ kind, name, path }]
}

/** What is done to one node, which the step names. */
export const mentionsNode = ({ node }: { readonly node: string }): Mention[] => mention('node', node, 'node')
