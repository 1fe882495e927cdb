import { z } from 'zod'
import { hexBytes as hex } from '../../ports/index.ts'

export { hex }

export const name = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_.]{0,63}$/, 'expected a name: a letter, then letters, digits, _ or .')
export const chainName = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'expected the name of a chain')
export const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits')
export const uint32 = z.number().int().min(0).max(0xffffffff)
export const milliseconds = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/** Sats as a number, or as digits where 2^53 is too small, or `"12.5 coins"`. */
export const amount = z.union([
  z.number().int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER),
  z
    .string()
    .regex(/^(-?\d{1,19}|\d{1,10}(\.\d{1,8})? coins)$/, 'expected sats, digits of sats, or "N coins"'),
])

/** What an output demands of its spender. A bare name is that key's P2PKH; `anyone` is OP_TRUE. */
export const lock = z.union([
  name,
  z.strictObject({
    key: name,
    type: z.enum(['p2pkh', 'p2pk', 'p2wpkh', 'p2sh-p2wpkh', 'p2tr']).default('p2pkh'),
  }),
  z.strictObject({
    multisig: z.strictObject({ need: z.number().int().min(1).max(16), keys: z.array(name).min(1).max(20) }),
    wrap: z.enum(['bare', 'p2sh', 'p2wsh']).default('bare'),
  }),
  /** Assembly: opcode names, decimal numbers, `<0xbeef>`, `<alice>`, `<xonly:alice>`, `<hash:alice>`. */
  z.strictObject({ script: z.string(), wrap: z.enum(['bare', 'p2sh', 'p2wsh', 'p2tr']).default('bare') }),
  /** The script itself, byte for byte. */
  z.strictObject({ raw: hex }),
  z.strictObject({ opReturn: hex }),
])
