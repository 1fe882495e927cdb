import type { Director } from './director.ts'
import { fork } from './forks.ts'
import type { Act } from './plan.ts'

type ActOf<Name extends Act['act']> = Omit<Extract<Act, { act: Name }>, 'act'>

/** A machine stops in the midst of a later write, often while it reorganises, and is started again. */
export function crash(director: Director, act: ActOf<'crash'>): void {
  const host = director.host(act.node)
  const node = host.name
  if (!host.running) return
  director.perform({ do: 'crash', node, atWrite: act.atWrite, survives: act.survives })
  if (act.fork > 0)
    fork(director, {
      node: act.node,
      depth: act.fork,
      length: act.fork + 1,
      pace: 0,
      spending: act.fork,
      backwards: false,
    })
  director.later(act.lastsMs, () => director.perform({ do: 'restart', node }))
}

/** A disk has no room for a while; the node may stop over it, and is started again. */
export function fillDisk(director: Director, { node, lastsMs }: ActOf<'disk-full'>): void {
  const { name } = director.host(node)
  director.perform({ do: 'disk', node: name, fault: 'full', argument: 0 })
  director.later(lastsMs, () =>
    director.perform({ do: 'disk', node: name, fault: 'ok', argument: 0 }, { do: 'restart', node: name }),
  )
}

export function changeClock(director: Director, { node, seconds }: ActOf<'clock'>): void {
  director.perform({ do: 'clock', node: director.host(node).name, offsetSeconds: seconds })
}

export function pause(director: Director, { node, lastsMs }: ActOf<'pause'>): void {
  const { name } = director.host(node)
  director.perform({ do: 'pause', node: name })
  director.later(lastsMs, () => director.perform({ do: 'resume', node: name }))
}
