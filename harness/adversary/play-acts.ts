import { match } from 'ts-pattern'
import type { Director } from './director.ts'
import { finney, pay, race } from './double-spends.ts'
import { fork, mine } from './forks.ts'
import { badBlock } from './invalid-blocks.ts'
import { lockEdge, matureEdge } from './lock-edges.ts'
import { changeClock, crash, fillDisk, pause } from './machines.ts'
import { babble, overrule, withhold } from './misconduct.ts'
import { partition } from './partitions.ts'
import type { Act, FaultClass, Plan } from './plan.ts'

/** Which class of trouble an act belongs to, where it belongs to one. */
const CLASS_OF: Partial<Record<Act['act'], FaultClass>> = {
  partition: 'partition',
  crash: 'crash',
  'disk-full': 'disk',
  clock: 'clock',
  pause: 'pause',
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
    const faultClass = CLASS_OF[act.act]
    if (faultClass === undefined || plan.faults.includes(faultClass))
      director.later(at, () => play(director, act))
  }
  return at
}

function play(director: Director, act: Act): void {
  match(act)
    .with({ act: 'mine' }, (one) => mine(director, one))
    .with({ act: 'pay' }, (one) => pay(director, one))
    .with({ act: 'race' }, (one) => race(director, one))
    .with({ act: 'finney' }, (one) => finney(director, one))
    .with({ act: 'fork' }, (one) => fork(director, one))
    .with({ act: 'lock-edge' }, (one) => lockEdge(director, one))
    .with({ act: 'mature-edge' }, (one) => matureEdge(director, one))
    .with({ act: 'bad-block' }, (one) => badBlock(director, one))
    .with({ act: 'withhold' }, (one) => withhold(director, one))
    .with({ act: 'overrule' }, (one) => overrule(director, one))
    .with({ act: 'babble' }, (one) => babble(director, one))
    .with({ act: 'partition' }, (one) => partition(director, one))
    .with({ act: 'crash' }, (one) => crash(director, one))
    .with({ act: 'disk-full' }, (one) => fillDisk(director, one))
    .with({ act: 'clock' }, (one) => changeClock(director, one))
    .with({ act: 'pause' }, (one) => pause(director, one))
    .exhaustive()
}

/** Mends everything, mines once more, and waits: all nodes must find one another. Begin it when all acts are over. */
export function bringToRest(director: Director, plan: Plan): void {
  const { hosts } = director.world
  for (const host of hosts) {
    const node = host.name
    if (host.paused) director.perform({ do: 'resume', node })
    if (host.clockOffsetMs !== 0) director.perform({ do: 'clock', node, offsetSeconds: 0 })
    if (host.disk.full) director.perform({ do: 'disk', node, fault: 'ok', argument: 0 })
    // A crash that never came would come now; it comes at once instead.
    if (host.running && host.disk.isDoomed) director.perform({ do: 'crash', node, survives: 256 })
    if (!host.running || host.disk.isDoomed) director.perform({ do: 'restart', node })
  }
  // A node whose operator has changed his mind owes its peers blocks that they will wait long for: they call anew.
  if (plan.acts.some(({ act }) => act.act === 'overrule'))
    director.perform({ do: 'partition', groups: hosts.map((host) => [host.name]) })
  director.perform({ do: 'heal' })
  director.later(SETTLE_MS, () => mine(director, { node: bestNode(director), count: 2, pace: 0 }))
  director.later(2 * SETTLE_MS, () => director.perform({ do: 'heal' }))
}

/** The number of the node whose chain has the most work: where honest miners are. */
function bestNode(director: Director): number {
  const works = director.world.hosts.map((host) => director.tipOf(host).chainWork)
  return works.reduce((best, work, index) => (work > works[best]! ? index : best), 0)
}
