import fc from 'fast-check'
import { actKind, lastsMs, node } from '../act.ts'
import { disturbance, type Stage } from './disturbance.ts'

/** Each write takes its time for a while. */
export const diskSlow = disturbance({
  name: 'disk-slow',
  act: actKind({
    name: 'disk-slow',
    weight: 2,
    choices: () => fc.record({ node, msPerWrite: fc.constantFrom(1, 20, 300), lastsMs }),
    play(stage: Stage, { node, msPerWrite, lastsMs }) {
      const { name } = stage.host(node)
      stage.perform({ do: 'disk', node: name, fault: 'slow', argument: msPerWrite })
      stage.later(lastsMs, () => stage.perform({ do: 'disk', node: name, fault: 'ok', argument: 0 }))
    },
  }),
})
