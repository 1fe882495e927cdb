import fc from 'fast-check'
import { actKind, lastsMs, node, survives } from '../act.ts'
import { disturbance, type Stage } from './disturbance.ts'

/** A machine stops in the midst of a later write, often while it reorganises, and is started again. */
export const crash = disturbance({
  name: 'crash',
  act: actKind({
    name: 'crash',
    weight: 4,
    choices: () => fc.record({ node, atWrite: fc.nat(12), survives, lastsMs, fork: fc.nat(4) }),
    play(stage: Stage, { node, atWrite, survives, lastsMs, fork }) {
      const host = stage.host(node)
      if (!host.running) return
      stage.perform({ do: 'crash', node: host.name, atWrite, survives })
      if (fork > 0) stage.reorganise(host, fork)
      stage.later(lastsMs, () => stage.perform({ do: 'restart', node: host.name }))
    },
  }),
})
