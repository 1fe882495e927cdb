import type { SpentOutput } from '../../../ports/index.ts'
import { readOutput, readWhole } from '../../../wire/index.ts'
import { bytesOfHex } from '../content.ts'
import type { VectorContent } from '../format.ts'

const MAX_MONEY = 2_100_000_000_000_000n

/** The coins that a block spends, in input order, in a file beside the block; undefined when it is no such file. */
export function readSpentCoins(content: VectorContent): SpentOutput[] | undefined {
  return content.json === undefined ? readBinary(content.bytes) : readJson(content.json)
}

/** Value (i64 LE), script (CompactSize length, bytes), to the very end. [bcoin undo coins] */
function readBinary(bytes: Uint8Array): SpentOutput[] | undefined {
  const coins = readWhole(bytes, (reader) => {
    const read: SpentOutput[] = []
    while (reader.left > 0) read.push(readOutput(reader))
    return read
  })
  const areAmounts = coins?.every(({ value }) => value >= 0n && value <= MAX_MONEY)
  return areAmounts && coins?.length !== 0 ? coins : undefined
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
