import { z } from 'zod'
import { HEX_PATTERN } from '../../ports/index.ts'
import { amount, hex, lock, name, uint32 } from './primitives.ts'

const headerField = z.enum(['version', 'previous', 'merkleRoot', 'time', 'bits', 'nonce'])

/** Bytes written over the serialized block: in the header, at an offset, or a whole witness item. */
export const edit = z.union([
  z.strictObject({ field: headerField, bytes: hex }),
  z.strictObject({ offset: z.number().int().min(0), bytes: hex }),
  z.strictObject({
    /** Position in the block; 0 is the coinbase. */
    transaction: z.number().int().min(0),
    input: z.number().int().min(0).default(0),
    witness: z.array(hex),
  }),
])

export const block = z.strictObject({
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
      lockTime: uint32.default(0),
      sequence: uint32.default(0xffffffff),
      /** Beside the first output, before the witness commitment. */
      outputs: z.array(z.strictObject({ to: lock, value: amount })).default([]),
      /** `auto`: when a transaction of the block carries a witness. */
      witnessCommitment: z
        .union([z.enum(['auto', 'always', 'none']), hex.length(64).meta(HEX_PATTERN)])
        .default('auto'),
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
export const run = z.strictObject({
  extends: name,
  count: z.number().int().min(1).max(10_000),
  time: block.shape.time,
  version: block.shape.version,
  coinbase: block.shape.coinbase,
})
