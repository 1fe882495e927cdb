import { z } from 'zod'
import { FileError, parseJson, readText } from '../../files/index.ts'
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
  const read = format.safeParse(parseJson(path, readText(path)))
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new FileError(`${path}: ${issue!.path.join('.') || 'prices'}: ${issue!.message}`)
}

export type { Prices } from './work.ts'
