import fc from 'fast-check'
import { actKind, lastsMs, node, survives } from '../act.ts'
import { disturbance, type Stage } from './disturbance.ts'

/** A machine stops now, and is started again. */
export const kill = disturbance({
  name: 'kill',
  act: actKind({
    name: 'kill',
    weight: 2,
    choices: () => fc.record({ node, survives, lastsMs }),
    play(stage: Stage, { node, survives, lastsMs }) {
      const host = stage.host(node)
      if (!host.running) return
      stage.perform({ do: 'crash', node: host.name, survives })
      stage.mark('kill')
      stage.later(lastsMs, () => stage.perform({ do: 'restart', node: host.name }))
    },
  }),
})
