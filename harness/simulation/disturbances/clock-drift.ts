import fc from 'fast-check'
import { around } from '../../generators/index.ts'
import { actKind, clockSeconds, node } from '../act.ts'
import { disturbance, type Stage } from './disturbance.ts'

const ppm = fc.oneof(around(0, 500), fc.integer({ min: -100_000, max: 100_000 }))

/** A clock jumps, and from then on runs too fast or too slowly. */
export const clockDrift = disturbance({
  name: 'clock-drift',
  act: actKind({
    name: 'clock-drift',
    weight: 2,
    choices: () => fc.record({ node, seconds: clockSeconds, ppm }),
    play(stage: Stage, { node, seconds, ppm }) {
      stage.perform({ do: 'clock', node: stage.host(node).name, offsetSeconds: seconds, driftPpm: ppm })
    },
  }),
})
