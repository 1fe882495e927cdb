import type { ActOf } from './act.ts'
import type { Director } from './director.ts'
import { fork } from './forks.ts'

/** A machine stops in the midst of a later write, often while it reorganises, and is started again. */
export function crash(director: Director, act: ActOf<'crash'>): void {
  const host = director.host(act.node)
  const node = host.name
  if (!host.running) return
  director.perform({ do: 'crash', node, atWrite: act.atWrite, survives: act.survives })
  if (act.fork > 0) makeReorganise(director, act.node, act.fork)
  director.later(act.lastsMs, () => director.perform({ do: 'restart', node }))
}

/** A machine stops now, and is started again. */
export function kill(director: Director, { node, survives, lastsMs }: ActOf<'kill'>): void {
  const host = director.host(node)
  if (!host.running) return
  director.perform({ do: 'crash', node: host.name, survives })
  director.world.mark('kill')
  director.later(lastsMs, () => director.perform({ do: 'restart', node: host.name }))
}

/** A node is shut down in order, or loses its whole disk, and is started again. */
export function takeDown(director: Director, way: 'stop' | 'wipe', act: ActOf<'stop' | 'wipe'>): void {
  const { name } = director.host(act.node)
  director.perform({ do: way, node: name })
  director.later(act.lastsMs, () => director.perform({ do: 'restart', node: name }))
}

export function pause(director: Director, { node, lastsMs }: ActOf<'pause'>): void {
  const { name } = director.host(node)
  director.perform({ do: 'pause', node: name })
  director.world.mark('pause')
  director.later(lastsMs, () => director.perform({ do: 'resume', node: name }))
}

/** A disk has no room for a while; the node may stop over it, and is started again. */
export function fillDisk(director: Director, { node, lastsMs }: ActOf<'disk-full'>): void {
  const { name } = director.host(node)
  director.perform({ do: 'disk', node: name, fault: 'full', argument: 0 })
  director.later(lastsMs, () =>
    director.perform({ do: 'disk', node: name, fault: 'ok', argument: 0 }, { do: 'restart', node: name }),
  )
}

/** Each write takes its time for a while. */
export function slowDisk(director: Director, { node, msPerWrite, lastsMs }: ActOf<'disk-slow'>): void {
  const { name } = director.host(node)
  director.perform({ do: 'disk', node: name, fault: 'slow', argument: msPerWrite })
  director.later(lastsMs, () => director.perform({ do: 'disk', node: name, fault: 'ok', argument: 0 }))
}

const LOOK_AGAIN_MS = 500

/** What lies on a disk changes, and perhaps something makes the node look at it. */
export function damageDisk(
  director: Director,
  fault: 'flip' | 'misdirect' | 'unreadable',
  { node, position, sequel }: ActOf<'disk-flip' | 'disk-misdirect' | 'disk-unreadable'>,
): void {
  const host = director.host(node)
  const { name } = host
  director.perform({ do: 'disk', node: name, fault, argument: position })
  if (sequel % 4 === 0 || !host.running) return
  if (sequel % 4 === 1) makeReorganise(director, node, 1 + (sequel % 3))
  else
    director.later(LOOK_AGAIN_MS, () =>
      director.perform(
        sequel % 4 === 2 ? { do: 'stop', node: name } : { do: 'crash', node: name, survives: 256 },
        { do: 'restart', node: name },
      ),
    )
}

/** The clock jumps, and perhaps goes wrong from then on. */
export function changeClock(director: Director, node: number, seconds: number, ppm: number): void {
  const { name } = director.host(node)
  director.perform({ do: 'clock', node: name, offsetSeconds: seconds, driftPpm: ppm })
}

function makeReorganise(director: Director, node: number, depth: number): void {
  fork(director, { node, depth, length: depth + 1, pace: 0, spending: depth, backwards: false })
}
