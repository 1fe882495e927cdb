import { z } from 'zod'
import { chainFileSchema } from './chain-file.ts'
import { CAPABILITIES } from './engine.ts'

/**
 * `touchstone-stdio/1`: a node is a program that answers one JSON object a line on stdout for each one on stdin.
 * Its standard error is its own. A handler that cannot do what is asked answers `{"id":…,"abstain":"why"}`.
 */
export const PROTOCOL = 'touchstone-stdio/1'

const id = z.number().int().min(0)
const hex = z.string().regex(/^([0-9a-f]{2})*$/, 'expected lower-case hex, two digits a byte')
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits')
const unixSeconds = z.number().int().min(0)

const capabilitySchema = z.enum(CAPABILITIES)

/** What the harness asks. */
export const requestSchema = z.discriminatedUnion('op', [
  z.strictObject({ id, op: z.literal('hello'), protocol: z.literal(PROTOCOL) }),
  /** Forget everything and stand at the genesis of this chain: a name, or a whole chain file. */
  z.strictObject({ id, op: z.literal('reset'), chain: z.union([z.string(), chainFileSchema]) }),
  /** Judge one item, at this time of the node's clock. Headers are 80 bytes; blocks and transactions carry witnesses. */
  z.strictObject({
    id,
    op: z.literal('deliver'),
    kind: z.enum(['header', 'block', 'transaction']),
    bytes: hex,
    now: unixSeconds,
  }),
  z.strictObject({
    id,
    op: z.literal('query'),
    what: z.enum(['tip', 'coinDigest', 'coinCount', 'balance', 'mempool', 'medianTimePast']),
    /** For `balance`. */
    script: hex.optional(),
  }),
  z.strictObject({ id, op: z.enum(['invalidate', 'reconsider']), block: hash }),
  z.strictObject({ id, op: z.literal('bye') }),
])

const verdictSchema = z.union([
  z.strictObject({
    outcome: z.enum(['connected', 'stored', 'accepted', 'duplicate', 'invalid-ancestor', 'unknown']),
    reason: z.string().optional(),
  }),
  z.strictObject({
    outcome: z.literal('rejected'),
    class: z.enum(['invalid', 'mutated', 'premature', 'missing']),
    reason: z.string(),
    isOwnReason: z.literal(true).optional(),
    basis: z.enum(['upgrade', 'policy']).optional(),
    rule: z.string().optional(),
    detail: z.string().optional(),
  }),
])

const tip = z.strictObject({ hash, height: z.number().int().min(0), chainWork: z.string().regex(/^\d+$/) })

/** What the node answers; `id` is the request's. */
export const responseSchema = z.union([
  z.strictObject({
    id,
    name: z.string(),
    version: z.string().optional(),
    capabilities: z.array(capabilitySchema),
  }),
  z.strictObject({ id, done: z.literal(true) }),
  z.strictObject({ id, verdict: verdictSchema }),
  /** Tip, digest, number (amounts as digits), or list of transaction ids: what the query asked for. */
  z.strictObject({ id, value: z.union([tip, z.string(), z.number(), z.array(hash)]) }),
  z.strictObject({ id, abstain: z.string() }),
  z.strictObject({ id, error: z.string() }),
])

export type Request = z.infer<typeof requestSchema>
export type Response = z.infer<typeof responseSchema>

/** The protocol as JSON Schema, for handlers in other languages. */
export function protocolJsonSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: PROTOCOL,
    $defs: {
      request: z.toJSONSchema(requestSchema, { io: 'input' }),
      response: z.toJSONSchema(responseSchema, { io: 'input' }),
    },
  }
}
