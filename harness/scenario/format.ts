import { z } from 'zod'
import { chainFileSchema } from '../ports/chain-file.ts'

/**
 * Scenario format v1: a story as data, the only unit of replay.
 *
 * Blocks, transactions, keys and nodes have names; one namespace for blocks and transactions, in which `genesis` is
 * the chain's first block. `b1:0` is output 0 of b1's coinbase, `t1:0` output 0 of t1. A dangling name is an error.
 * Everything random has been drawn: a scenario compiles to the same bytes every time.
 */
const name = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_.]{0,63}$/, 'expected a name: a letter, then letters, digits, _ or .')
const chainName = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'expected the name of a chain')
const hex = z.string().regex(/^([0-9a-f]{2})*$/, 'expected lower-case hex, two digits a byte')
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits')
const uint32 = z.number().int().min(0).max(0xffffffff)
const milliseconds = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/** Sats as a number, or as digits where 2^53 is too small, or `"12.5 coins"`. */
const amount = z.union([
  z.number().int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER),
  z
    .string()
    .regex(/^(-?\d{1,19}|\d{1,10}(\.\d{1,8})? coins)$/, 'expected sats, digits of sats, or "N coins"'),
])

/** What an output demands of its spender. A bare name is that key's P2PKH; `anyone` is OP_TRUE. */
const lock = z.union([
  name,
  z.strictObject({
    key: name,
    type: z.enum(['p2pkh', 'p2pk', 'p2wpkh', 'p2sh-p2wpkh', 'p2tr']).default('p2pkh'),
  }),
  z.strictObject({
    multisig: z.strictObject({ need: z.number().int().min(1).max(20), keys: z.array(name).min(1).max(20) }),
    wrap: z.enum(['bare', 'p2sh', 'p2wsh']).default('bare'),
  }),
  /** Assembly: opcode names, decimal numbers, `<0xbeef>`, `<alice>`, `<xonly:alice>`, `<hash:alice>`. */
  z.strictObject({ script: z.string(), wrap: z.enum(['bare', 'p2sh', 'p2wsh', 'p2tr']).default('bare') }),
  /** The script itself, byte for byte. */
  z.strictObject({ raw: hex }),
  z.strictObject({ opReturn: hex }),
])

const sighash = z
  .string()
  .regex(
    /^(DEFAULT|(ALL|NONE|SINGLE)(\|ANYONECANPAY)?)$/,
    'expected DEFAULT, ALL, NONE or SINGLE, with |ANYONECANPAY',
  )

/** How an input proves its right; absent: as the spent output's lock asks, signed by its own keys over everything. */
const unlock = z.strictObject({
  /** Sign with these keys instead of the lock's own. */
  keys: z.array(name).optional(),
  sighash: sighash.optional(),
  /** For a script lock: what satisfies it, in assembly, with `<sig:alice>`; the wrapped script is added. */
  script: z.string().optional(),
  /** Copy script and witness of another transaction's input, `t1:0`. */
  copy: z.string().optional(),
  /** The input's script and witness, byte for byte; overrides the rest. */
  scriptSig: hex.optional(),
  witness: z.array(hex).optional(),
})

const input = z.strictObject({
  /** `b1:0`, `t1:0`, or a coin that no item of the scenario makes (its value then counts as 0). */
  spends: z.union([
    z.string().regex(/^[a-zA-Z][a-zA-Z0-9_.]{0,63}:\d+$/, 'expected NAME:INDEX'),
    z.strictObject({ txid: hash, index: uint32 }),
  ]),
  /** Default: final, or one less when the transaction has a lock time. A relative lock by BIP68 in blocks or 512 s. */
  sequence: z
    .union([
      uint32,
      z.strictObject({ blocks: z.number().int().min(0).max(0xffff) }),
      z.strictObject({ intervals: z.number().int().min(0).max(0xffff) }),
    ])
    .optional(),
  unlock: unlock.optional(),
})

const transaction = z.strictObject({
  version: uint32.default(2),
  lockTime: z
    .union([
      uint32,
      z.strictObject({ medianTimeOf: name, plus: z.number().int().default(0) }),
      z.strictObject({ timeOf: name, plus: z.number().int().default(0) }),
    ])
    .default(0),
  inputs: z.array(input).default([]),
  /** `rest`: what the inputs hold beyond the other outputs, so that the fee is 0. */
  outputs: z.array(z.strictObject({ to: lock, value: z.union([z.literal('rest'), amount]) })).default([]),
  /** Bytes instead of all the above. */
  raw: hex.optional(),
})

const headerField = z.enum(['version', 'previous', 'merkleRoot', 'time', 'bits', 'nonce'])

/** Bytes written over the serialized block: in the header, at an offset, or a whole witness item. */
const edit = z.union([
  z.strictObject({ field: headerField, bytes: hex }),
  z.strictObject({ offset: z.number().int().min(0), bytes: hex }),
  z.strictObject({
    /** Position in the block; 0 is the coinbase. */
    transaction: z.number().int().min(0),
    input: z.number().int().min(0).default(0),
    witness: z.array(hex),
  }),
])

const block = z.strictObject({
  extends: name.optional(),
  /** A block of this name byte for byte, before `repeatLast` and `edits`; the hash stays. */
  copyOf: name.optional(),
  transactions: z.array(name).default([]),
  /** Unix seconds, or relative: `parent+600`, `mtp+1` (median time past of the parent), `start+7201`. Default: the target spacing. */
  time: z
    .union([
      uint32,
      z.string().regex(/^(parent|mtp|start)([+-]\d+)?$/, 'expected parent±N, mtp±N or start±N'),
    ])
    .optional(),
  version: uint32.default(0x20000000),
  /** Compact target as people write it, `207fffff`; default: what the chain asks for. */
  bits: z
    .string()
    .regex(/^[0-9a-f]{8}$/, 'expected 8 hex digits')
    .optional(),
  coinbase: z
    .strictObject({
      to: lock.default('anyone'),
      /** Default: subsidy and fees; `plus` relative to that. */
      value: z.union([amount, z.strictObject({ plus: z.number().int() })]).optional(),
      /** Default: the height as BIP34 asks, then four bytes drawn from the block's name. */
      script: hex.optional(),
      /** Beside the first output, before the witness commitment. */
      outputs: z.array(z.strictObject({ to: lock, value: amount })).default([]),
      /** `auto`: when a transaction of the block carries a witness. */
      witnessCommitment: z.union([z.enum(['auto', 'always', 'none']), hex.length(64)]).default('auto'),
    })
    .prefault({}),
  /** Leave the coinbase out; the first of `transactions` then stands in its place. */
  omitCoinbase: z.boolean().default(false),
  /** Append the last n transactions once more, after the Merkle root is made. [CVE-2012-2459] */
  repeatLast: z.number().int().positive().optional(),
  edits: z.array(edit).default([]),
  /** `before`: proof of work before edits. `after`: again after them. `fail`: a nonce whose hash misses the target. */
  mine: z.enum(['before', 'after', 'fail']).default('before'),
  raw: hex.optional(),
})

/** Blocks one on another, named a1, a2, … for the run `a`: what a story needs around it. */
const run = z.strictObject({
  extends: name,
  count: z.number().int().min(1).max(10_000),
  time: block.shape.time,
  version: block.shape.version,
  coinbase: block.shape.coinbase,
})

const nodeSpec = z.strictObject({
  /** Nodes linked with this one from the start. */
  peers: z.array(name).default([]),
  clockOffsetSeconds: z.number().int().default(0),
})

const network = z.strictObject({
  latencyMs: milliseconds.default(50),
  links: z.array(z.strictObject({ between: z.tuple([name, name]), latencyMs: milliseconds })).default([]),
  /** What befell single messages: the n-th (from 0) ever sent from one node to another. */
  faults: z
    .array(
      z.strictObject({
        from: name,
        to: name,
        message: z.number().int().min(0),
        kind: z.enum(['drop', 'duplicate', 'delay', 'corrupt']),
        /** Further delay in ms (delay, duplicate), or position of the flipped byte (corrupt). */
        argument: z.number().int().min(0).default(0),
      }),
    )
    .default([]),
})

/** A condition on the state of some nodes, asked now, or `within` a time, or `never` within it. */
const expectation = {
  nodes: z.array(name).optional(),
  withinMs: milliseconds.optional(),
  never: z.boolean().default(false),
  verdict: z
    .strictObject({
      item: name,
      outcome: z.union([outcomeSchema(), z.array(outcomeSchema()).min(1)]),
      class: z.enum(['invalid', 'mutated', 'premature', 'missing']).optional(),
      reason: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
    })
    .optional(),
  /** One block, or several where a tie permits them. */
  tip: z.union([name, z.array(name).min(1)]).optional(),
  height: z.number().int().min(0).optional(),
  /** The coins are those that the reference engine has after this block and its ancestors alone. */
  digestOf: name.optional(),
  balance: z.union([balanceSchema(), z.array(balanceSchema())]).optional(),
  mempool: z.strictObject({ has: z.array(name).default([]), lacks: z.array(name).default([]) }).optional(),
  /** All these nodes have one tip. */
  agree: z.literal(true).optional(),
}

function outcomeSchema() {
  return z.enum(['connected', 'stored', 'accepted', 'duplicate', 'invalid-ancestor', 'rejected'])
}

function balanceSchema() {
  return z.strictObject({ of: lock, is: amount })
}

/** Ms since the scenario's start; default: the time of the step before. */
const at = { at: milliseconds.optional() }

const step = z.discriminatedUnion('do', [
  z.strictObject({
    ...at,
    do: z.literal('send'),
    /** `a1..a12` means twelve items. */
    items: z.array(name).min(1),
    /** May be left out where there is one node. */
    to: z.array(name).min(1).optional(),
    /** `header`: a block's first 80 bytes only. `announce`: by inventory only; the body is withheld. */
    as: z.enum(['whole', 'header', 'announce']).default('whole'),
    /** `peer`: as a message from a scripted peer. `submit`: by the node's own operator. */
    via: z.enum(['peer', 'submit']).default('submit'),
  }),
  /** Raw bytes from a scripted peer, framing included. */
  z.strictObject({ ...at, do: z.literal('message'), to: z.array(name).min(1), bytes: hex }),
  z.strictObject({
    ...at,
    do: z.literal('link'),
    between: z.tuple([name, name]),
    /** `hold`: messages wait until the link is up; `down`: they are lost and the connection with them. */
    state: z.enum(['up', 'down', 'hold']),
    /** Only the direction from the first to the second. */
    oneWay: z.boolean().default(false),
  }),
  /** Only nodes of one group hear each other, until `heal`. */
  z.strictObject({ ...at, do: z.literal('partition'), groups: z.array(z.array(name)).min(1) }),
  /** All links up; from here on liveness may be asked for. */
  z.strictObject({ ...at, do: z.literal('heal') }),
  z.strictObject({ ...at, do: z.literal('clock'), node: name, offsetSeconds: z.number().int() }),
  z.strictObject({
    ...at,
    do: z.literal('crash'),
    node: name,
    /** In the midst of the n-th write to disk (from 0) after this moment; absent: at once. */
    atWrite: z.number().int().min(0).optional(),
    /** How much of what was not yet synced survives, in 256ths; the rest is lost, the last piece torn. */
    survives: z.number().int().min(0).max(256).default(0),
  }),
  z.strictObject({ ...at, do: z.literal('restart'), node: name }),
  z.strictObject({
    ...at,
    do: z.literal('disk'),
    node: name,
    fault: z.enum(['full', 'ok', 'flip']),
    /** `flip`: which byte of all that is stored, modulo its size. */
    argument: z.number().int().min(0).default(0),
  }),
  z.strictObject({ ...at, do: z.literal('pause'), node: name }),
  z.strictObject({ ...at, do: z.literal('resume'), node: name }),
  z.strictObject({ ...at, do: z.literal('invalidate'), node: name.optional(), block: name }),
  z.strictObject({ ...at, do: z.literal('reconsider'), node: name.optional(), block: name }),
  z.strictObject({ ...at, do: z.literal('expect'), ...expectation }),
])

const chain = z.union([
  chainName,
  z.strictObject({
    base: chainName,
    limits: chainFileSchema.shape.limits.partial().optional(),
    deployments: chainFileSchema.shape.deployments.partial().optional(),
  }),
  chainFileSchema,
])

const capability = z.enum([
  'setTime',
  'mempool',
  'coinDigest',
  'balance',
  'invalidate',
  'reasons',
  'classes',
  'blocks',
  'scripts',
  'restart',
  'diskFaults',
  'manyNodes',
  'customChains',
])

export const scenarioSchema = z.strictObject({
  format: z.literal('touchstone-scenario/1'),
  title: z.string().min(1),
  /** What happens and why it matters, for a reader. */
  story: z.string().min(1),
  /** Outside authorities: a BIP, a CVE, a test of Bitcoin Core, a section of the paper. */
  sources: z.array(z.string().min(1)).min(1),
  chain: chain.default('tiny'),
  /** Beyond what the steps ask for of themselves. */
  requires: z.array(capability).default([]),
  /** Unix seconds of virtual time 0; default: a day after genesis. */
  startTime: uint32.optional(),
  /** Secret = SHA-256("touchstone key " + name). */
  keys: z.array(name).default([]),
  nodes: z.record(name, nodeSpec).default({ node: { peers: [], clockOffsetSeconds: 0 } }),
  network: network.prefault({}),
  transactions: z.record(name, transaction).default({}),
  blocks: z.record(name, block).default({}),
  /** Shorthand for rows of blocks; a reader of the file turns them into `blocks`. */
  runs: z.record(name, run).default({}),
  steps: z.array(step).min(1),
})

/** A scenario with every default filled in, rows of blocks written out. */
export type Scenario = Omit<z.output<typeof scenarioSchema>, 'runs'>
/** The same, rows of blocks not yet written out. */
export type UnexpandedScenario = z.output<typeof scenarioSchema>
/** A scenario as it is written. */
export type ScenarioSource = z.input<typeof scenarioSchema>
export type TransactionSpec = z.output<typeof transaction>
export type TransactionSource = z.input<typeof transaction>
export type BlockSpec = z.output<typeof block>
export type BlockSource = z.input<typeof block>
export type InputSpec = z.output<typeof input>
export type Lock = z.output<typeof lock>
export type LockSource = z.input<typeof lock>
export type Amount = z.output<typeof amount>
export type Edit = z.output<typeof edit>
export type Unlock = z.output<typeof unlock>
export type Step = z.output<typeof step>
export type Expectation = Extract<Step, { do: 'expect' }>

/** One transaction of a scenario. */
export const transactionSchema = transaction
/** One block of a scenario. */
export const blockSchema = block
