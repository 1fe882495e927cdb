import type { Scenario } from '../../scenario/index.ts'
import { peekMessage } from '../../wire/index.ts'
import type { Plan } from '../adversary/plan.ts'
import { DISTURBANCES, type Disturbance, type MessageDisturbance } from '../disturbances/index.ts'
import type { DrawnFaults } from '../run/world.ts'
import type { PassingMessage } from '../simulator/passage.ts'
import { createStream, type RandomStream } from '../simulator/random.ts'

type StoredFault = Scenario['network']['faults'][number]

/** Draws what happens to each message, and keeps every draw that came to something. */
export interface StormDraw extends DrawnFaults {
  readonly drawn: StoredFault[]
  /** From now on every message passes. */
  stop(): void
}

/** Where and when messages meet one kind of disturbance, and how many of them do. */
interface Storm {
  readonly kind: MessageDisturbance['kind']
  readonly perMille: number
  readonly from: string | undefined
  readonly to: string | undefined
  readonly command: string | undefined
  readonly sinceMs: number
  readonly untilMs: number
  readonly argumentOf: (bytes: Uint8Array) => number
}

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

/** `nodes`: the names that the nodes of the run have. */
export function drawStorms(plan: Plan, nodes: readonly string[]): StormDraw {
  const stream = createStream(plan.networkSeed, 'network')
  const storms = stormsOf(stream, plan.hazards, nodes)
  const drawn: StoredFault[] = []
  let stopped = false
  return {
    faults: plan.hazards,
    drawn,
    faultOf(message) {
      if (stopped) return undefined
      const storm = storms.find(
        (candidate) => covers(candidate, message) && stream.integer(1000) < candidate.perMille,
      )
      if (storm === undefined) return undefined
      const { kind } = storm
      const argument = storm.argumentOf(message.bytes)
      const { from, to, index } = message
      drawn.push({ from, to, message: index, kind, argument })
      return { kind, argument }
    },
    stop() {
      stopped = true
    },
  }
}

function stormsOf(stream: RandomStream, hazards: Plan['hazards'], nodes: readonly string[]): Storm[] {
  const all: readonly Disturbance[] = DISTURBANCES
  return all.flatMap(({ name, message }) =>
    message === undefined || !hazards.some((hazard) => hazard === name)
      ? []
      : Array.from({ length: 1 + stream.integer(STORMS_MAX) }, () => drawStorm(stream, message, nodes)),
  )
}

function drawStorm(stream: RandomStream, message: MessageDisturbance, nodes: readonly string[]): Storm {
  const sinceMs = stream.chance(0.5) ? 0 : stream.integer(BEGIN_MS_MAX)
  return {
    kind: message.kind,
    perMille: stream.pick(RATES_PER_MILLE),
    from: stream.chance(0.4) ? stream.pick(nodes) : undefined,
    to: stream.chance(0.3) ? stream.pick(nodes) : undefined,
    command: stream.chance(0.3) ? stream.pick(COMMANDS) : undefined,
    sinceMs,
    untilMs: stream.chance(0.5) ? Number.POSITIVE_INFINITY : sinceMs + stream.integer(LENGTH_MS_MAX),
    argumentOf: message.storm(stream),
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
