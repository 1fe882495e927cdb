import type { Scenario } from '../../scenario/index.ts'
import { peekMessage } from '../../wire/index.ts'
import type { MessageClass } from '../adversary/fault-classes.ts'
import type { Plan } from '../adversary/plan.ts'
import type { DrawnFaults } from '../run/world.ts'
import type { MessageFault, PassingMessage } from '../simulator/passage.ts'
import { createStream, type RandomStream } from '../simulator/random.ts'

type StoredFault = Scenario['network']['faults'][number]

/** Draws what befalls each message, and keeps every draw that came to something. */
export interface FaultDraw extends DrawnFaults {
  readonly drawn: StoredFault[]
  /** From now on nothing befalls anything. */
  stop(): void
}

/** Where and when one kind of fault befalls messages, and how many of them. */
interface Storm {
  readonly kind: MessageFault['kind']
  readonly perMille: number
  readonly from: string | undefined
  readonly to: string | undefined
  readonly command: string | undefined
  readonly sinceMs: number
  readonly untilMs: number
  readonly delayMs: (stream: RandomStream) => number
}

const KIND_OF = {
  loss: 'drop',
  delay: 'delay',
  duplicate: 'duplicate',
  corrupt: 'corrupt',
} as const satisfies Record<MessageClass, MessageFault['kind']>

const STORMS_MAX = 3
const RATES_PER_MILLE = [5, 20, 20, 100, 400]
const COMMANDS = [
  'headers',
  'block',
  'inv',
  'getdata',
  'getheaders',
  'tx',
  'cmpctblock',
  'getblocktxn',
  'blocktxn',
]
/** Storms begin and end at any time while a plan is usually played. */
const BEGIN_MS_MAX = 40_000
const LENGTH_MS_MAX = 20_000

/** How long messages are delayed: all about as long, mostly short, or mostly not at all and now and then very long. */
const DELAYS: readonly Storm['delayMs'][] = [
  (stream) => stream.integer(2_000),
  (stream) => Math.min(Math.round(-300 * Math.log(1 - stream.next())), 10_000),
  (stream) => (stream.chance(0.1) ? 10_000 : stream.integer(20)),
]

/** `nodes`: the names that the nodes of the run have. */
export function drawFaults(plan: Plan, nodes: readonly string[]): FaultDraw {
  const stream = createStream(plan.networkSeed, 'network')
  const storms = drawStorms(stream, plan.faults, nodes)
  const drawn: StoredFault[] = []
  let stopped = false
  return {
    faults: plan.faults,
    drawn,
    faultOf(message) {
      if (stopped) return undefined
      const storm = storms.find((one) => covers(one, message) && stream.integer(1000) < one.perMille)
      if (storm === undefined) return undefined
      const { kind } = storm
      const argument = kind === 'corrupt' ? stream.integer(message.bytes.length) : storm.delayMs(stream)
      const { from, to, index } = message
      drawn.push({ from, to, message: index, kind, argument })
      return { kind, argument }
    },
    stop() {
      stopped = true
    },
  }
}

function drawStorms(stream: RandomStream, classes: Plan['faults'], nodes: readonly string[]): Storm[] {
  return Object.entries(KIND_OF)
    .filter(([faultClass]) => classes.includes(faultClass as MessageClass))
    .flatMap(([_, kind]) =>
      Array.from({ length: 1 + stream.integer(STORMS_MAX) }, () => drawStorm(stream, kind, nodes)),
    )
}

function drawStorm(stream: RandomStream, kind: Storm['kind'], nodes: readonly string[]): Storm {
  const sinceMs = stream.chance(0.5) ? 0 : stream.integer(BEGIN_MS_MAX)
  return {
    kind,
    perMille: stream.pick(RATES_PER_MILLE),
    from: stream.chance(0.4) ? stream.pick(nodes) : undefined,
    to: stream.chance(0.3) ? stream.pick(nodes) : undefined,
    command: stream.chance(0.3) ? stream.pick(COMMANDS) : undefined,
    sinceMs,
    untilMs: stream.chance(0.5) ? Number.POSITIVE_INFINITY : sinceMs + stream.integer(LENGTH_MS_MAX),
    delayMs: stream.pick(DELAYS),
  }
}

function covers(storm: Storm, { from, to, at, bytes }: PassingMessage): boolean {
  return (
    (storm.from ?? from) === from &&
    (storm.to ?? to) === to &&
    at >= storm.sinceMs &&
    at <= storm.untilMs &&
    (storm.command === undefined || peekMessage(bytes).command === storm.command)
  )
}
