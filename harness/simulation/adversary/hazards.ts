import type { Act, ActKind } from '../act.ts'
import { DISTURBANCES } from '../disturbances/index.ts'
import { ATTACKS } from './attacks/index.ts'
import type { Director } from './director.ts'
import { WORKLOAD } from './workload/index.ts'

/** A disturbance or an attack, by its name: each seed draws which ones are on. */
export type Hazard = (typeof DISTURBANCES | typeof ATTACKS)[number]['name']

/** An act of a plan, played through the director. */
export type PlannedAct = Act<Director>

/** Every disturbance, then every attack. */
export const HAZARDS: readonly Hazard[] = [...DISTURBANCES, ...ATTACKS].map(({ name }) => name)

/** Those that cost no node and no message. */
export const QUIET_HAZARDS: readonly Hazard[] = [
  ...DISTURBANCES.filter((disturbance) => disturbance.isQuiet === true),
  ...ATTACKS,
].map(({ name }) => name)

/** Every kind of act that a plan may hold. */
export const ACT_KINDS: readonly ActKind<Director>[] = [
  ...WORKLOAD,
  ...ATTACKS,
  ...DISTURBANCES.flatMap(({ act }) => act ?? []),
]

const ALWAYS: ReadonlySet<string> = new Set(WORKLOAD.map(({ name }) => name))

/** Whether an act of this name is played while these hazards are on. */
export const isOn = (name: string, hazards: readonly Hazard[]): boolean =>
  ALWAYS.has(name) || hazards.includes(name as Hazard)
