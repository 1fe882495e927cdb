import { fromHex } from '../../encoding/index.ts'
import type { Output } from '../../vocabulary/index.ts'
import { output } from '../testing.ts'

/** A coinbase's output that commits to 32 bytes, with whatever comes after them. */
export function commitmentOutput(committed: Uint8Array, ...after: number[]): Output {
  return output(0, Uint8Array.of(...fromHex('6a24aa21a9ed'), ...committed, ...after))
}
