import fc from 'fast-check'
import type { Step } from '../../scenario/index.ts'
import { actKind, choice, node } from '../act.ts'
import { type Disturbance, disturbance, type Stage } from './disturbance.ts'

const LOOK_AGAIN_MS = 500

/** What lies on a disk is damaged, and perhaps something makes the node look at it. */
export function damage<const Name extends string>(
  name: Name,
  fault: Extract<Step, { do: 'disk' }>['fault'],
): Disturbance<Name> {
  const act = actKind({
    name,
    weight: 2,
    // `sequel`: nothing in particular, a reorganisation, an orderly stop, or a crash.
    choices: () => fc.record({ node, position: fc.nat(0xffffff), sequel: choice }),
    play(stage: Stage, { node, position, sequel }) {
      const host = stage.host(node)
      stage.perform({ do: 'disk', node: host.name, fault, argument: position })
      if (sequel % 4 === 0 || !host.running) return
      if (sequel % 4 === 1) stage.reorganise(host, 1 + (sequel % 3))
      else
        stage.later(LOOK_AGAIN_MS, () =>
          stage.perform(
            sequel % 4 === 2
              ? { do: 'stop', node: host.name }
              : { do: 'crash', node: host.name, survives: 256 },
            { do: 'restart', node: host.name },
          ),
        )
    },
  })
  return disturbance({ name, act })
}
