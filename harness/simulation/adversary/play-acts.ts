import { match } from 'ts-pattern'
import type { Act } from './act.ts'
import { eclipse, equivocate, majority, oneConfirmation, selfish } from './buried-spends.ts'
import type { Director } from './director.ts'
import { finney, pay, race } from './double-spends.ts'
import type { FaultClass } from './fault-classes.ts'
import { fork, mine } from './forks.ts'
import { badBlock } from './invalid-blocks.ts'
import { lockEdge, matureEdge } from './lock-edges.ts'
import { changeClock, crash, damageDisk, fillDisk, kill, pause, slowDisk, takeDown } from './machines.ts'
import { babble, headerSpam, overrule, withhold } from './misconduct.ts'
import { partition } from './partitions.ts'
import type { Plan } from './plan.ts'
import { timewarp } from './timewarp.ts'

/** Acts that are always on; a partition has a class for each of its shapes. */
type EverydayAct = 'mine' | 'pay' | 'fork' | 'lock-edge' | 'mature-edge' | 'partition'

/** The class of faults to which an act belongs, where it does not bear its name. */
const CLASS_OF = {
  'bad-block': 'invalid-block',
  babble: 'malformed',
} as const satisfies Partial<Record<Act['act'], FaultClass>>

type ClassedAct = Exclude<Act['act'], EverydayAct>
const EVERYDAY: ReadonlySet<Act['act']> = new Set<EverydayAct>([
  'mine',
  'pay',
  'fork',
  'lock-edge',
  'mature-edge',
  'partition',
])

function isOn({ faults }: Plan, act: Act['act']): boolean {
  if (EVERYDAY.has(act)) return true
  const classed = act as ClassedAct
  return faults.includes(classed === 'bad-block' || classed === 'babble' ? CLASS_OF[classed] : classed)
}

/** Blocks mined before the attack begins, so that there are coins to spend. */
const FIRST_BLOCKS = 5
const SETTLE_MS = 90_000

/** Plays the acts of a plan on a world, one after the other, and brings it to rest. Returns when the last act begins. */
export function playActs(director: Director, plan: Plan): number {
  let at = 0
  director.later(at, () => mine(director, { node: 0, count: FIRST_BLOCKS, pace: 0 }))
  at += 2_000
  for (const { waitMs, act } of plan.acts) {
    at += waitMs
    if (isOn(plan, act.act))
      director.later(at, () => {
        if (!isStuck(director, act)) play(director, act, plan)
      })
  }
  return at
}

/** Where blocks have become too hard nobody mines on. */
const isStuck = (director: Director, act: Act) =>
  'node' in act && director.isTooHard(director.tipOf(director.host(act.node)))

function play(director: Director, act: Act, { faults }: Plan): void {
  match(act)
    .with({ act: 'mine' }, (one) => mine(director, one))
    .with({ act: 'pay' }, (one) => pay(director, one))
    .with({ act: 'race' }, (one) => race(director, one))
    .with({ act: 'finney' }, (one) => finney(director, one))
    .with({ act: 'one-confirmation' }, (one) => oneConfirmation(director, one))
    .with({ act: 'majority' }, (one) => majority(director, one))
    .with({ act: 'eclipse' }, (one) => eclipse(director, one))
    .with({ act: 'equivocate' }, (one) => equivocate(director, one))
    .with({ act: 'selfish' }, (one) => selfish(director, one))
    .with({ act: 'timewarp' }, (one) => timewarp(director, one))
    .with({ act: 'header-spam' }, (one) => headerSpam(director, one))
    .with({ act: 'fork' }, (one) => fork(director, one))
    .with({ act: 'lock-edge' }, (one) => lockEdge(director, one))
    .with({ act: 'mature-edge' }, (one) => matureEdge(director, one))
    .with({ act: 'bad-block' }, (one) => badBlock(director, one))
    .with({ act: 'withhold' }, (one) => withhold(director, one))
    .with({ act: 'overrule' }, (one) => overrule(director, one))
    .with({ act: 'babble' }, (one) => babble(director, one))
    .with({ act: 'partition' }, (one) => partition(director, one, faults))
    .with({ act: 'crash' }, (one) => crash(director, one))
    .with({ act: 'kill' }, (one) => kill(director, one))
    .with({ act: 'wipe' }, (one) => takeDown(director, 'wipe', one))
    .with({ act: 'stop' }, (one) => takeDown(director, 'stop', one))
    .with({ act: 'pause' }, (one) => pause(director, one))
    .with({ act: 'disk-full' }, (one) => fillDisk(director, one))
    .with({ act: 'disk-slow' }, (one) => slowDisk(director, one))
    .with({ act: 'disk-flip' }, (one) => damageDisk(director, 'flip', one))
    .with({ act: 'disk-misdirect' }, (one) => damageDisk(director, 'misdirect', one))
    .with({ act: 'disk-unreadable' }, (one) => damageDisk(director, 'unreadable', one))
    .with({ act: 'clock-step' }, (one) => changeClock(director, one.node, one.seconds, 0))
    .with({ act: 'clock-drift' }, (one) => changeClock(director, one.node, one.seconds, one.ppm))
    .exhaustive()
}

/** Mends everything, mines once more, and waits: all nodes must find one another. Begin it when all acts are over. */
export function bringToRest(director: Director, plan: Plan): void {
  const { hosts } = director.world
  for (const host of hosts) {
    const node = host.name
    if (host.paused) director.perform({ do: 'resume', node })
    if (host.clockOffsetMs !== 0 || host.clockDriftPpm !== 0)
      director.perform({ do: 'clock', node, offsetSeconds: 0, driftPpm: 0 })
    if (host.disk.full || host.disk.msPerWrite > 0)
      director.perform({ do: 'disk', node, fault: 'ok', argument: 0 })
    // A crash that never came would come now; it comes at once instead.
    if (host.running && host.disk.isDoomed) director.perform({ do: 'crash', node, survives: 256 })
    if (!host.running || host.disk.isDoomed) director.perform({ do: 'restart', node })
  }
  director.later(0, () => replaceSpoiltDisks(director))
  // A node whose operator has changed his mind owes its peers blocks that they will wait long for: they call anew.
  if (plan.acts.some(({ act }) => act.act === 'overrule'))
    director.perform({ do: 'partition', groups: hosts.map((host) => [host.name]) })
  director.perform({ do: 'heal' })
  director.later(SETTLE_MS, () => mine(director, { node: bestNode(director), count: 2, pace: 0 }))
  director.later(2 * SETTLE_MS, () => director.perform({ do: 'heal' }))
}

/** A node that will not start on what its disk holds starts on an empty one. */
function replaceSpoiltDisks(director: Director): void {
  for (const host of director.world.hosts)
    if (!host.running && host.disk.damaged)
      director.perform({ do: 'wipe', node: host.name }, { do: 'restart', node: host.name })
}

/** The number of the node whose chain has the most work: where honest miners are. */
function bestNode(director: Director): number {
  const works = director.world.hosts.map((host) => director.tipOf(host).chainWork)
  return works.reduce((best, work, index) => (work > works[best]! ? index : best), 0)
}
