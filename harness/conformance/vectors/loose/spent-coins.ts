import type { SpentOutput } from '../../../ports/index.ts'
import { RawReader } from '../chain/raw-block.ts'
import { bytesOfHex } from '../content.ts'
import type { VectorContent } from '../format.ts'

const MAX_MONEY = 2_100_000_000_000_000n

/** The coins that a block spends, in input order, in a file beside the block; undefined when it is no such file. */
export function readSpentCoins(content: VectorContent): SpentOutput[] | undefined {
  return content.json === undefined ? readBinary(content.bytes) : readJson(content.json)
}

/** Value (i64 LE), script (CompactSize length, bytes), to the very end. [bcoin undo coins] */
function readBinary(bytes: Uint8Array): SpentOutput[] | undefined {
  const reader = new RawReader(bytes, 0)
  const coins: SpentOutput[] = []
  try {
    while (reader.at < bytes.length) {
      const value = reader.uint64()
      if (value > MAX_MONEY) return undefined
      coins.push({ value, script: reader.take(reader.compactSize()) })
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
  return coins.length === 0 ? undefined : coins
}

/** `[{ txout: { value, script_pubkey } }…]`. [Floresta spent_utxos] */
function readJson(json: unknown): SpentOutput[] | undefined {
  if (!Array.isArray(json) || json.length === 0) return undefined
  const coins = json.map((entry) => {
    const { value, script_pubkey: hex } = (entry as { txout?: Record<string, unknown> })?.txout ?? {}
    const script = typeof hex === 'string' ? bytesOfHex(hex) : undefined
    return typeof value === 'number' && script !== undefined ? { value: BigInt(value), script } : undefined
  })
  return coins.every((coin) => coin !== undefined) ? coins : undefined
}
