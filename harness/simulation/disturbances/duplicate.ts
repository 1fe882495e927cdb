import { disturbance } from './disturbance.ts'
import { delayStorm } from './message.ts'

/** A message arrives a second time, later. */
export const duplicate = disturbance({
  name: 'duplicate',
  message: {
    kind: 'duplicate',
    storm: delayStorm,
    pass: (bytes, copyAfterMs) => ({ fate: 'duplicated', bytes, copyAfterMs }),
  },
})
