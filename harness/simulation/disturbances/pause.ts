import fc from 'fast-check'
import { actKind, node } from '../act.ts'
import { disturbance, type Stage } from './disturbance.ts'

/** A node is not scheduled for a while; what comes to it waits. */
export const pause = disturbance({
  name: 'pause',
  act: actKind({
    name: 'pause',
    weight: 2,
    choices: () => fc.record({ node, lastsMs: fc.nat(10_000) }),
    play(stage: Stage, { node, lastsMs }) {
      const { name } = stage.host(node)
      stage.perform({ do: 'pause', node: name })
      stage.mark('pause')
      stage.later(lastsMs, () => stage.perform({ do: 'resume', node: name }))
    },
  }),
})
