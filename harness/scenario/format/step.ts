import { z } from 'zod'
import { amount, hex, lock, milliseconds, name } from './primitives.ts'

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
  return z.enum(['connected', 'stored', 'accepted', 'duplicate', 'invalid-ancestor', 'unknown', 'rejected'])
}

function balanceSchema() {
  return z.strictObject({ of: lock, is: amount })
}

/** Ms since the scenario's start; default: the time of the step before. */
const at = { at: milliseconds.optional() }

export const step = z.discriminatedUnion('do', [
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
  /** Only nodes that share a group hear each other, until `heal`; a node in two groups is a bridge between them. */
  z.strictObject({ ...at, do: z.literal('partition'), groups: z.array(z.array(name)).min(1) }),
  /** All links up; from here on liveness may be asked for. */
  z.strictObject({ ...at, do: z.literal('heal') }),
  z.strictObject({
    ...at,
    do: z.literal('clock'),
    node: name,
    /** Ahead of true time, at this moment. */
    offsetSeconds: z.number().int(),
    /** Gains so many millionths of the time that passes from now on; negative: loses. */
    driftPpm: z.number().int().min(-900_000).max(1_000_000).default(0),
  }),
  z.strictObject({
    ...at,
    do: z.literal('crash'),
    node: name,
    /** In the midst of the n-th write to disk (from 0) after this moment; absent: at once. */
    atWrite: z.number().int().min(0).optional(),
    /** How much of what was not yet synced survives, in 256ths; the rest is lost, the last piece torn. */
    survives: z.number().int().min(0).max(256).default(0),
  }),
  /** The node shuts down in order, at once when it has done what it is at: nothing is lost. */
  z.strictObject({ ...at, do: z.literal('stop'), node: name }),
  /** The machine stops at once, and its disk is emptied. */
  z.strictObject({ ...at, do: z.literal('wipe'), node: name }),
  z.strictObject({ ...at, do: z.literal('restart'), node: name }),
  z.strictObject({
    ...at,
    do: z.literal('disk'),
    node: name,
    /**
     * `full`: nothing can be added. `slow`: each write takes time. `ok`: neither any more. `flip`: one bit of a file
     * is inverted. `misdirect`: the next bytes appended land elsewhere, and zeros where they belong. `unreadable`: a
     * record of the ordered store fails its checksum from now on. `rot`: one bit of every fourth value in the
     * ordered store is inverted, and no error says so.
     */
    fault: z.enum(['full', 'slow', 'ok', 'flip', 'misdirect', 'unreadable', 'rot']),
    /**
     * `flip`, `misdirect`: which byte of all files, modulo their size. `unreadable`: which record. `rot`: which of
     * them, and which bit. `slow`: ms a write.
     */
    argument: z.number().int().min(0).default(0),
  }),
  z.strictObject({ ...at, do: z.literal('pause'), node: name }),
  z.strictObject({ ...at, do: z.literal('resume'), node: name }),
  z.strictObject({ ...at, do: z.literal('invalidate'), node: name.optional(), block: name }),
  z.strictObject({ ...at, do: z.literal('reconsider'), node: name.optional(), block: name }),
  z.strictObject({ ...at, do: z.literal('expect'), ...expectation }),
])
