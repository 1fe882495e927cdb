import type { FaultClass, Plan } from '../adversary/plan.ts'
import type { Scenario } from '../scenario/index.ts'
import type { MessageFault } from '../simulator/network.ts'
import { createStream } from '../simulator/random.ts'
import type { DrawnFaults } from './world.ts'

type StoredFault = Scenario['network']['faults'][number]

/** Draws what befalls each message, and keeps every draw that came to something. */
export interface FaultDraw extends DrawnFaults {
  readonly drawn: StoredFault[]
  /** From now on nothing befalls anything. */
  stop(): void
}

/** Messages in a thousand. */
const RATES: readonly (readonly [FaultClass, MessageFault['kind'], number])[] = [
  ['loss', 'drop', 10],
  ['delay', 'delay', 30],
  ['duplicate', 'duplicate', 10],
  ['corrupt', 'corrupt', 5],
]
const ARGUMENT_MAX = 2_000

export function drawFaults(plan: Plan): FaultDraw {
  const stream = createStream(plan.networkSeed, 'network')
  const drawn: StoredFault[] = []
  let stopped = false
  return {
    faults: plan.faults,
    drawn,
    faultOf(from, to, message) {
      if (stopped) return undefined
      const lot = stream.integer(1000)
      const argument = stream.integer(ARGUMENT_MAX)
      const kind = kindOf(lot, plan.faults)
      if (kind === undefined) return undefined
      drawn.push({ from, to, message, kind, argument })
      return { kind, argument }
    },
    stop() {
      stopped = true
    },
  }
}

function kindOf(lot: number, classes: readonly FaultClass[]): MessageFault['kind'] | undefined {
  let below = 0
  for (const [faultClass, kind, rate] of RATES) {
    below += rate
    if (lot < below) return classes.includes(faultClass) ? kind : undefined
  }
  return undefined
}
