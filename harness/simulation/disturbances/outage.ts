import fc from 'fast-check'
import type { Step } from '../../scenario/index.ts'
import { actKind, lastsMs, node } from '../act.ts'
import { type Disturbance, disturbance, type Stage, type StageHost } from './disturbance.ts'

/** Something that begins with some steps at one node and ends with others after a while. */
export function outage<const Name extends string>(
  name: Name,
  begin: (host: StageHost) => readonly Step[],
  end: (host: StageHost) => readonly Step[],
): Disturbance<Name> {
  const act = actKind({
    name,
    weight: 2,
    choices: () => fc.record({ node, lastsMs }),
    play(stage: Stage, { node, lastsMs }) {
      const host = stage.host(node)
      stage.perform(...begin(host))
      stage.later(lastsMs, () => stage.perform(...end(host)))
    },
  })
  return disturbance({ name, act })
}
