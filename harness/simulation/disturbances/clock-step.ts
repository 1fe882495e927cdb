import fc from 'fast-check'
import { actKind, clockSeconds, node } from '../act.ts'
import { disturbance, type Stage } from './disturbance.ts'

/** A clock jumps. */
export const clockStep = disturbance({
  name: 'clock-step',
  act: actKind({
    name: 'clock-step',
    weight: 2,
    choices: () => fc.record({ node, seconds: clockSeconds }),
    play(stage: Stage, { node, seconds }) {
      stage.perform({ do: 'clock', node: stage.host(node).name, offsetSeconds: seconds, driftPpm: 0 })
    },
  }),
})
