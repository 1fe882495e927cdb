import { disturbance } from './disturbance.ts'
import { delayStorm } from './message.ts'

/** A message takes longer, and is overtaken by later ones. */
export const delay = disturbance({
  name: 'delay',
  message: {
    kind: 'delay',
    storm: delayStorm,
    pass: (bytes, delayMs) => ({ fate: 'delayed', bytes, delayMs }),
  },
})
