import { allApart } from './all-apart.ts'
import { bridge } from './bridge.ts'
import { clockDrift } from './clock-drift.ts'
import { clockStep } from './clock-step.ts'
import { corrupt } from './corrupt.ts'
import { crash } from './crash.ts'
import { delay } from './delay.ts'
import { diskFlip } from './disk-flip.ts'
import { diskFull } from './disk-full.ts'
import { diskMisdirect } from './disk-misdirect.ts'
import { diskRot } from './disk-rot.ts'
import { diskSlow } from './disk-slow.ts'
import { diskUnreadable } from './disk-unreadable.ts'
import type { Disturbance } from './disturbance.ts'
import { duplicate } from './duplicate.ts'
import { flapping } from './flapping.ts'
import { halves } from './halves.ts'
import { hold } from './hold.ts'
import { isolate } from './isolate.ts'
import { kill } from './kill.ts'
import { loss } from './loss.ts'
import type { MessageDisturbance, MessageFault, MessageKind, Passage } from './message.ts'
import { oneWay } from './one-way.ts'
import { pause } from './pause.ts'
import { ring } from './ring.ts'
import { stop } from './stop.ts'
import { wipe } from './wipe.ts'

/** What may go wrong by itself: messages, the network, machines, disks, clocks. */
export const DISTURBANCES = [
  loss,
  delay,
  duplicate,
  corrupt,
  halves,
  isolate,
  allApart,
  oneWay,
  hold,
  bridge,
  ring,
  flapping,
  crash,
  kill,
  wipe,
  stop,
  pause,
  diskFull,
  diskSlow,
  diskFlip,
  diskMisdirect,
  diskUnreadable,
  diskRot,
  clockStep,
  clockDrift,
] as const

const all: readonly Disturbance[] = DISTURBANCES

/** Those that meet single messages, by the word for them in a scenario. */
export const MESSAGE_DISTURBANCES: ReadonlyMap<MessageKind, MessageDisturbance & { readonly name: string }> =
  new Map(
    all.flatMap(({ name, message }) => (message === undefined ? [] : [[message.kind, { name, ...message }]])),
  )

/** Lets a message meet its disturbance: how it passes, and the name of what it met. */
export function disturbMessage(
  bytes: Uint8Array,
  { kind, argument }: MessageFault,
): { readonly name: string; readonly passage: Passage } {
  const { name, pass } = MESSAGE_DISTURBANCES.get(kind)!
  return { name, passage: pass(bytes, argument) }
}

export type { Disturbance, Stage } from './disturbance.ts'
export type { MessageDisturbance, MessageFault, Passage } from './message.ts'
