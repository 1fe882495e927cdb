import { z } from 'zod'
import { parseShaped, readText } from '../../files/index.ts'
import pinned from './prices.json' with { type: 'json' }
import type { Prices } from './work.ts'

/** What was measured once on the node of this house; `proposal prices` measures it on another machine. */
export const PRICES: Prices = pinned

const price = z.number().nonnegative()
const format = z.strictObject({
  measured: z.iso.date(),
  machine: z.string(),
  node: z.string(),
  nanoseconds: z.strictObject({
    signatures: price,
    hashedBytes: price,
    stackBytes: price,
    instructions: price,
  }),
})

/** Prices from a file as `proposal prices` writes it. @throws FileError */
export function readPrices(path: string): Prices {
  return parseShaped(path, readText(path), format)
}

export type { Prices } from './work.ts'
