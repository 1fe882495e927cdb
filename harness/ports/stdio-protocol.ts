import { z } from 'zod'
import { chainFileSchema } from './chain-file.ts'
import { chainOffers } from './chain-offers.ts'
import { described } from './describe.ts'
import { CAPABILITIES, type Capability } from './engine.ts'
import { hexBytes } from './hex.ts'
import { LIBRARY_CAPABILITIES, type LibraryCapability } from './library.ts'
import { libraryAnswers, libraryRequests } from './stdio-library.ts'

/**
 * `touchstone-stdio/1`: a node is a program that answers one JSON object a line on stdout for each one on stdin.
 * Its standard error is its own. A handler that cannot do what is asked answers `{"id":…,"abstain":"why"}`.
 */
export const PROTOCOL = 'touchstone-stdio/1'

const id = z.number().int().min(0).describe('The number of the request; its answer has the same.')
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits in lower case')
const count = z.number().int().min(0)

const blockHash = hash.describe('A block hash as people write it: byte order reversed.')

const CAPABILITY_MEANINGS: Readonly<Record<Capability | LibraryCapability, string>> = {
  setTime: 'judges by the time in `now`, whatever it is',
  mempool: 'judges unconfirmed transactions',
  coinDigest: 'has the digest and the number of all unspent coins',
  balance: 'has the sum of the unspent coins of a script',
  invalidate: 'blocks can be declared invalid and reconsidered by its operator',
  reasons: "gives Bitcoin Core's reject string with each rejection",
  classes: 'gives a class with each rejection',
  firstFault:
    'of several faults of a block the first in the order of the specification is the reason, scripts last',
  blocks: 'judges whole blocks; without it only headers are delivered',
  scripts: 'verifies the scripts of the blocks that it judges',
  restart: 'not over stdio: it can be stopped and started on the same data',
  diskFaults: 'not over stdio: its writes can be lost or torn',
  manyNodes: 'not over stdio: several of it on a simulated network',
  customChains: 'opens a chain from a chain file, not only those it knows by name',
  bip8: 'knows soft forks that lock in by height',
  verifyScript: 'a library: answers verifyScript',
  scriptErrors: "verifyScript answers with Core's names of script errors, not only with OK and anything else",
  signatureHash: 'a library: answers signatureHash',
  checkTransaction: 'a library: answers checkTransaction',
  checkBlock: 'a library: answers checkBlock',
  decode: 'a library: answers decode',
}

const capability = z
  .enum([...CAPABILITIES, ...LIBRARY_CAPABILITIES])
  .describe(
    [...new Set([...CAPABILITIES, ...LIBRARY_CAPABILITIES])]
      .map((name) => `${name}: ${CAPABILITY_MEANINGS[name]}`)
      .join('; '),
  )

/** What the harness asks. */
export const requestSchema = z.discriminatedUnion('op', [
  z
    .strictObject({ id, op: z.literal('hello'), protocol: z.literal(PROTOCOL) })
    .describe('The first request: who is there, and what can it do?'),
  z
    .strictObject({
      id,
      op: z.literal('reset'),
      chain: z
        .union([z.string().describe('A chain by name.'), chainFileSchema])
        .describe('A name, or a whole chain file for handlers with customChains.'),
    })
    .describe('Forget everything and stand at the genesis of this chain.'),
  z
    .strictObject({
      id,
      op: z.literal('deliver'),
      kind: z.enum(['header', 'block', 'transaction']).describe('What the bytes are to be read as.'),
      bytes: hexBytes.describe('Serialized: a header is 80 bytes, blocks and transactions carry witnesses.'),
      now: count.describe("Unix time in seconds by the node's clock."),
    })
    .describe('Judge one item, and keep it if it is good.'),
  z
    .strictObject({
      id,
      op: z.literal('query'),
      what: z
        .enum(['tip', 'coinDigest', 'coinCount', 'balance', 'mempool', 'medianTimePast'])
        .describe('What to report of the active chain.'),
      script: hexBytes.optional().describe('For balance: the output script.'),
    })
    .describe('Where does the node stand? Nothing changes.'),
  z
    .strictObject({ id, op: z.enum(['invalidate', 'reconsider']), block: blockHash })
    .describe('The operator declares a block invalid, or takes that back.'),
  z.strictObject({ id, op: z.literal('bye') }).describe('The last request: answer and end.'),
  ...libraryRequests,
])

const KEPT_OUTCOMES = ['connected', 'stored', 'accepted', 'duplicate', 'invalid-ancestor', 'unknown'] as const
/** Every outcome that a verdict can have. */
export const OUTCOMES: readonly string[] = [...KEPT_OUTCOMES, 'rejected']

const verdictSchema = z
  .discriminatedUnion('outcome', [
    z.strictObject({
      outcome: z.enum(KEPT_OUTCOMES).describe('What became of the item.'),
      reason: z.string().optional().describe('One line for people; with unknown, why nothing is said.'),
    }),
    z.strictObject({
      outcome: z.literal('rejected'),
      class: z
        .enum(['invalid', 'mutated', 'premature', 'missing'])
        .describe('How long the rejection holds; never compared without the capability classes.'),
      reason: z
        .string()
        .describe("Bitcoin Core's reject string; never compared without the capability reasons."),
      isOwnReason: z.literal(true).optional().describe('No release of Core has this reason.'),
      basis: z
        .enum(['upgrade', 'policy'])
        .optional()
        .describe('What refuses an unconfirmed transaction that a block may hold all the same.'),
      rule: z.string().optional().describe("The specification's id of the rule that is broken."),
      detail: z.string().optional().describe('One line for people. Never compared.'),
    }),
  ])
  .describe('What the node says of the item.')

/** The good answers, by what they answer. */
export const answerTo = {
  hello: z.strictObject({
    id,
    name: z.string().min(1).describe('The name of the node, for reports.'),
    version: z.string().optional().describe('Its version, for reports.'),
    capabilities: z.array(capability).describe('What need not be asked of it is not among them.'),
    flags: z
      .array(z.string())
      .optional()
      .describe('The script flags that verifyScript knows; absent: all of Core. Others are not asked for.'),
    chains: chainOffers
      .optional()
      .describe('With customChains: which chains it can be opened on, so that no others are drawn.'),
  }),
  done: z.strictObject({ id, done: z.literal(true) }),
  verdict: z.strictObject({ id, verdict: verdictSchema }),
  tip: z.strictObject({
    id,
    value: z.strictObject({
      hash: blockHash,
      height: count.describe('Of the genesis block: 0.'),
      chainWork: z
        .string()
        .regex(/^\d+$/, 'expected decimal digits')
        .describe('Expected hashes from genesis on: the sum of floor(2^256 / (target + 1)).'),
    }),
  }),
  coinDigest: z.strictObject({ id, value: hash }),
  balance: z.strictObject({ id, value: z.string().regex(/^\d+$/, 'expected decimal digits') }),
  number: z.strictObject({ id, value: count }),
  mempool: z.strictObject({ id, value: z.array(hash) }),
  ...libraryAnswers,
}

const abstention = z
  .strictObject({ id, abstain: z.string().describe('Why, in one line.') })
  .describe('The handler cannot do what is asked: counted, never passed, never failed.')
const failure = z
  .strictObject({ id, error: z.string() })
  .describe('The handler failed: the story fails, and it is started again.')

/** What the node answers; `id` is the request's. */
export const responseSchema = z.union([
  answerTo.hello.describe('To hello.'),
  answerTo.done.describe('To reset, invalidate, reconsider and bye.'),
  answerTo.verdict.describe('To deliver.'),
  z
    .strictObject({
      id,
      value: z.union([
        answerTo.tip.shape.value.describe('Of the tip.'),
        answerTo.coinDigest.shape.value.describe('Of the coin digest.'),
        answerTo.balance.shape.value.describe('Of a balance: sats in decimal digits.'),
        answerTo.number.shape.value.describe('Of the number of coins, or the median time past.'),
        answerTo.mempool.shape.value.describe('Of the mempool: transaction ids.'),
        answerTo.word.shape.value.describe(
          'To verifyScript: OK, or the script error. To checkTransaction and checkBlock: ok, or the reject string.',
        ),
        answerTo.signatureHash.shape.value.describe('To signatureHash.'),
        answerTo.decode.shape.value.describe('To decode.'),
      ]),
    })
    .describe('To query, and to what libraries are asked.'),
  abstention,
  failure,
])

export type Request = z.infer<typeof requestSchema>
/** A request without its number. */
export type Question = Request extends infer One ? (One extends Request ? Omit<One, 'id'> : never) : never
export type Response = z.infer<typeof responseSchema>

/** The protocol as JSON Schema, for handlers in other languages. */
export function protocolJsonSchema(): object {
  const parts = z.registry<{ id: string }>()
  parts.add(requestSchema, { id: 'request' })
  parts.add(responseSchema, { id: 'response' })
  parts.add(chainFileSchema, { id: 'chain' })
  const { schemas } = z.toJSONSchema(parts, { io: 'input', uri: (id) => `#/$defs/${id}` })
  const definitions = Object.entries(schemas).map(([id, { $schema, $id, ...schema }]) => [id, schema])
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: PROTOCOL,
    description: 'One JSON object a line each way; see harness/conformance/README.md.',
    $defs: described(Object.fromEntries(definitions)),
  }
}
