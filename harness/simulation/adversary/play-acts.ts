import type { Director } from './director.ts'
import { isOn, type PlannedAct } from './hazards.ts'
import type { Plan } from './plan.ts'
import { mineAt } from './workload/mine.ts'

/** Blocks mined before the attack begins, so that there are coins to spend. */
const FIRST_BLOCKS = 5
const SETTLE_MS = 90_000

/** Plays the acts of a plan on a world, one after the other, and brings it to rest. Returns when the last act begins. */
export function playActs(director: Director, plan: Plan): number {
  let at = 0
  director.later(at, () => mineAt(director, { node: 0, count: FIRST_BLOCKS, pace: 0 }))
  at += 2_000
  for (const { waitMs, act } of plan.acts) {
    at += waitMs
    if (isOn(act.name, plan.hazards))
      director.later(at, () => {
        if (!isStuck(director, act)) act.play(director)
      })
  }
  return at
}

/** Where blocks have become too hard nobody mines on. */
const isStuck = (director: Director, { choices: { node } }: PlannedAct) =>
  node !== undefined && director.isTooHard(director.tipOf(director.host(node)))

/** Mends everything, mines once more, and waits: all nodes must agree then. Call it when all acts are over. */
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
  director.later(0, () => replaceDamagedDisks(director))
  // After invalidate or reconsider, peers still wait for blocks requested before: reconnect instead of waiting for the timeout.
  if (plan.acts.some(({ act }) => act.name === 'operator-override'))
    director.perform({ do: 'partition', groups: hosts.map((host) => [host.name]) })
  director.perform({ do: 'heal' })
  director.later(SETTLE_MS, () => mineAt(director, { node: bestNode(director), count: 2, pace: 0 }))
  director.later(2 * SETTLE_MS, () => director.perform({ do: 'heal' }))
}

/** A node that will not start on what its disk holds starts on an empty one. */
function replaceDamagedDisks(director: Director): void {
  for (const host of director.world.hosts)
    if (!host.running && host.disk.damaged)
      director.perform({ do: 'wipe', node: host.name }, { do: 'restart', node: host.name })
}

/** The number of the node whose chain has the most work: where honest miners are. */
function bestNode(director: Director): number {
  const works = director.world.hosts.map((host) => director.tipOf(host).chainWork)
  return works.reduce((best, work, index) => (work > works[best]! ? index : best), 0)
}
