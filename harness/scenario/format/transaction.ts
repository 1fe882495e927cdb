import { z } from 'zod'
import { amount, hash, hex, lock, name, uint32 } from './primitives.ts'

const sighash = z
  .string()
  .regex(
    /^(DEFAULT|(ALL|NONE|SINGLE)(\|ANYONECANPAY)?)$/,
    'expected DEFAULT, ALL, NONE or SINGLE, with |ANYONECANPAY',
  )

/** How an input proves its right; absent: as the spent output's lock asks, signed by its own keys over everything. */
export const unlock = z.strictObject({
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

export const input = z.strictObject({
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

export const transaction = z.strictObject({
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
