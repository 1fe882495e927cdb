import { z } from 'zod'

const virtualMs = z.number().min(0)
const count = z.number().int().min(0)
const name = z.string()

/** What a node or the specification says of an item; the words of either are taken as they are. */
const verdictSchema = z.strictObject({
  outcome: z.string(),
  class: z.string().optional(),
  reason: z.string().optional(),
  /** The reason is the specification's own: no release of Core has it. */
  isOwnReason: z.literal(true).optional(),
  /** What refuses it is an upgrade still to come, or only the policy of pools. */
  basis: z.string().optional(),
  /** The specification's id of the violated rule. */
  rule: z.string().optional(),
  /** One line for people. */
  detail: z.string().optional(),
})

/** What becomes of a message on its way. */
const fateSchema = z.enum(['delivered', 'duplicated', 'delayed', 'corrupted', 'dropped', 'blocked', 'held'])

const messageSchema = z.strictObject({
  type: z.literal('message'),
  at: virtualMs,
  /** Absent when it never arrives. */
  arrivesAt: virtualMs.optional(),
  from: name,
  to: name,
  command: z.string(),
  bytes: count,
  fate: fateSchema,
  items: z.array(name).readonly().optional(),
})

const outputSchema = z.strictObject({
  /** Its owner, in a few words. */
  to: z.string(),
  /** Sats, in decimal digits: a story may name more than any number holds. */
  value: z.string().regex(/^-?\d+$/),
})

const blockSchema = z.strictObject({
  type: z.literal('block'),
  at: virtualMs,
  name,
  hash: z.string(),
  parent: z.string(),
  height: count,
  transactions: count,
  /** Names of those after the coinbase, in order. */
  contents: z.array(name).readonly().optional(),
  /** What the coinbase creates. */
  outputs: z.array(outputSchema).readonly().optional(),
})

/** A transaction as a bookkeeper reads it, when it first comes into the run. */
const transactionSchema = z.strictObject({
  type: z.literal('transaction'),
  at: virtualMs,
  name,
  hash: z.string(),
  /** The coins that it spends, `NAME:INDEX` each. */
  spends: z.array(z.string()).readonly(),
  outputs: z.array(outputSchema).readonly(),
})

/** The first moment at which somebody was wrong. */
const divergenceSchema = z.strictObject({
  type: z.literal('divergence'),
  at: virtualMs,
  event: count,
  /** Which watcher saw it: `verdict`, `tip`, `digest`, `supply`, `liveness`, … */
  oracle: z.string(),
  node: name.optional(),
  item: name.optional(),
  expected: z.string(),
  actual: z.string(),
  text: z.string(),
})

const nodeChangeSchema = z.strictObject({
  type: z.literal('node'),
  at: virtualMs,
  node: name,
  change: z.enum(['crash', 'stop', 'wipe', 'restart', 'pause', 'resume', 'clock', 'disk']),
  detail: z.string(),
})

const outcomeSchema = z.enum(['pass', 'fail', 'unknown', 'vacuous'])

/** One line of a run file (`touchstone-run/1`). Times are milliseconds of virtual time since the run's start. */
export const runRecordSchema = z.discriminatedUnion('type', [
  z.strictObject({
    /** Always the first line. */
    type: z.literal('run'),
    format: z.literal('touchstone-run/1'),
    title: z.string(),
    chain: z.string(),
    nodes: z.array(name).readonly(),
    /** Unix time of virtual time 0, in milliseconds. */
    startTimeMs: z.number(),
    genesis: z.string(),
    /** The classes of faults that the seed has drawn. */
    faults: z.array(z.string()).readonly().optional(),
    /** The scenario that is played, for a page that goes on from it. */
    story: z.unknown().optional(),
  }),
  z.strictObject({ type: z.literal('step'), at: virtualMs, index: count, text: z.string() }),
  messageSchema,
  blockSchema,
  transactionSchema,
  z.strictObject({
    type: z.literal('verdict'),
    at: virtualMs,
    node: name,
    subject: z.string(),
    item: name,
    hash: z.string(),
    verdict: verdictSchema,
    /** Present only where the specification says otherwise. */
    expected: verdictSchema.optional(),
  }),
  z.strictObject({
    type: z.literal('tip'),
    at: virtualMs,
    node: name,
    item: name,
    hash: z.string(),
    height: count,
    /** Blocks taken back, 0 when the chain only grew. */
    disconnected: count,
  }),
  z.strictObject({
    type: z.literal('partition'),
    at: virtualMs,
    untilMs: virtualMs,
    groups: z.array(z.array(name).readonly()).readonly(),
  }),
  nodeChangeSchema,
  z.strictObject({
    type: z.literal('expectation'),
    at: virtualMs,
    step: count,
    status: z.enum(['pass', 'fail', 'not-applicable']),
    text: z.string(),
    expected: z.string().optional(),
    actual: z.string().optional(),
  }),
  divergenceSchema,
  z.strictObject({
    /** Always the last line. */
    type: z.literal('end'),
    at: virtualMs,
    outcome: outcomeSchema,
    events: count,
    /** The rolling hash of all events, 16 hex digits: two runs of the same scenario have the same one. */
    eventHash: z.string(),
    marks: z.array(z.string()).readonly(),
    reason: z.string().optional(),
  }),
])

/** A run is a list of these, in the order in which things happened. */
export type RunRecord = Readonly<z.infer<typeof runRecordSchema>>
export type RunMessage = Readonly<z.infer<typeof messageSchema>>
export type MessageFate = z.infer<typeof fateSchema>
export type RunTransaction = Readonly<z.infer<typeof transactionSchema>>
export type RunBlock = Readonly<z.infer<typeof blockSchema>>
export type RunDivergence = Readonly<z.infer<typeof divergenceSchema>>
export type RunNodeChange = Readonly<z.infer<typeof nodeChangeSchema>>
export type RunOutcome = z.infer<typeof outcomeSchema>

/** The records of one kind. */
export function recordsOf<Type extends RunRecord['type']>(
  records: readonly RunRecord[],
  type: Type,
): Extract<RunRecord, { type: Type }>[] {
  return records.filter((record): record is Extract<RunRecord, { type: Type }> => record.type === type)
}

/** A verdict in one short line: `rejected (mutated, bad-txnmrklroot)`. */
export function verdictText({ outcome, ...verdict }: Readonly<z.infer<typeof verdictSchema>>): string {
  const words = [verdict.class, verdict.reason].filter((word) => word !== undefined && word !== outcome)
  return words.length === 0 ? outcome : `${outcome} (${words.join(', ')})`
}
