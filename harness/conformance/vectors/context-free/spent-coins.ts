import { z } from 'zod'
import type { CoinOrigin, SpentOutput } from '../../../ports/index.ts'
import { readOutput, readWhole } from '../../../wire/index.ts'
import { hexText, requireBytes, requireShape } from '../content.ts'
import type { VectorContent } from '../format.ts'

const MAX_MONEY = 2_100_000_000_000_000n

/** A coin that a block spends, and where it was made, if its file says so. */
export interface SpentCoin extends SpentOutput {
  readonly origin?: CoinOrigin
}

/** The coins that a block spends, in input order, in a file beside the block; undefined when it is no such file. */
export function readSpentCoins(content: VectorContent): SpentCoin[] | undefined {
  return content.json === undefined ? readBinary(content.bytes) : readJson(content.json)
}

/** Value (i64 LE), script (CompactSize length, bytes), to the very end. [bcoin undo coins] */
function readBinary(bytes: Uint8Array): SpentCoin[] | undefined {
  const coins = readWhole(bytes, (reader) => {
    const read: SpentCoin[] = []
    while (reader.left > 0) read.push(readOutput(reader))
    return read
  })
  const areAmounts = coins?.every(({ value }) => value >= 0n && value <= MAX_MONEY)
  return areAmounts && coins?.length !== 0 ? coins : undefined
}

/** As Floresta keeps them; the time is the one that relative locks count from. [Floresta UtxoData] */
const coinSchema = z.strictObject({
  txout: z.strictObject({ value: z.int().min(0).max(Number(MAX_MONEY)), script_pubkey: hexText }),
  is_coinbase: z.boolean(),
  creation_height: z.int().nonnegative(),
  creation_time: z.int().nonnegative(),
})

/** @throws Error that names the coin which cannot be read */
function readJson(json: unknown): SpentCoin[] | undefined {
  if (!Array.isArray(json) || !json.some(isCoin)) return undefined
  return json.map((entry, index) => {
    try {
      const { txout, is_coinbase, creation_height, creation_time } = requireShape(coinSchema, entry)
      return {
        value: BigInt(txout.value),
        script: requireBytes(txout.script_pubkey),
        origin: { height: creation_height, isCoinbase: is_coinbase, medianTime: creation_time },
      }
    } catch (error) {
      throw new Error(`coin ${index}: ${error instanceof Error ? error.message : error}`)
    }
  })
}

function isCoin(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && 'txout' in entry
}
