import { z } from 'zod'
import type { Capability } from '../../ports/index.ts'
import { clock } from './clock.ts'
import { disk } from './disk.ts'
import { expect } from './expect.ts'
import { link } from './link.ts'
import { crash, pause, restart, resume, stop, wipe } from './machine.ts'
import { message } from './message.ts'
import { invalidate, reconsider } from './override.ts'
import { heal, partition } from './partition.ts'
import { send } from './send.ts'
import type { Mention, StepKind } from './step-kind.ts'
import type { StepWorld } from './step-world.ts'

/** Every kind of step: schema, references, requirements, effect and wording follow from this list. */
const STEP_KINDS = [
  send,
  message,
  link,
  partition,
  heal,
  clock,
  crash,
  stop,
  wipe,
  restart,
  disk,
  pause,
  resume,
  invalidate,
  reconsider,
  expect,
] as const

type StepSchema = (typeof STEP_KINDS)[number]['schema']

/** One step of a scenario. */
export const stepSchema = z.discriminatedUnion(
  'do',
  STEP_KINDS.map(({ schema }) => schema) as unknown as [StepSchema, ...StepSchema[]],
)

export type Step = z.output<typeof stepSchema>

/** What a step says of a node's disk. */
export const DISK_FAULTS: readonly string[] = disk.schema.shape.fault.options

const KINDS: ReadonlyMap<string, StepKind> = new Map(
  STEP_KINDS.map((kind) => [kind.schema.shape.do.value, kind as unknown as StepKind]),
)

/** Every name in a step. */
export const mentionsOf = (step: Step): readonly Mention[] => kindOf(step).mentions?.(step) ?? []

/** What a target must be able to do to play a step. */
export const needsOf = (step: Step, isTransaction: (name: string) => boolean): readonly Capability[] =>
  kindOf(step).needs?.(step, isTransaction) ?? []

/** Does to a world what a step says. */
export const performStep = (world: StepWorld, step: Step): void => kindOf(step).perform?.(world, step)

/** A step in one line. */
export const describeStep = (step: Step): string => kindOf(step).text(step)

const kindOf = (step: Step) => KINDS.get(step.do)!

export type { Mention } from './step-kind.ts'
export type { StepWorld } from './step-world.ts'
