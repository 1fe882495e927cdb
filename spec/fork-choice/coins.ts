import { sha256 } from '@noble/hashes/sha2.js'
import { Map as PersistentMap } from 'immutable'
import type { Format } from '../encoding/index.ts'
import { encodeAll, int64, outpointFormat, struct, toHex, uint32, varBytes } from '../encoding/index.ts'
import { coinsOf } from '../rules/index.ts'
import type { Block, Coin, Height, Outpoint, Sats } from '../vocabulary/index.ts'
import { isCoinbase, outpointKey, sats } from '../vocabulary/index.ts'

/** All unspent coins after some block, and the sum of their hashes. */
export interface CoinSet {
  readonly coins: PersistentMap<string, Coin>
  readonly digest: bigint
}

export const NO_COINS: CoinSet = { coins: PersistentMap(), digest: 0n }

/** The unspent coin of this name. */
export function coinAt({ coins }: CoinSet, outpoint: Outpoint): Coin | undefined {
  return coins.get(outpointKey(outpoint))
}

/** Applies a block whose rules all hold. A coin that is overwritten is gone. [BIP30] */
export function applyBlock(under: CoinSet, block: Block, height: Height): CoinSet {
  let digest = under.digest
  const coins = under.coins.withMutations((draft) => {
    for (const transaction of block.transactions) {
      if (!isCoinbase(transaction)) for (const { outpoint } of transaction.inputs) remove(outpoint)
      for (const [outpoint, coin] of coinsOf(transaction, height)) add(outpoint, coin)
    }

    function remove(outpoint: Outpoint): void {
      const key = outpointKey(outpoint)
      const coin = draft.get(key)
      if (coin === undefined) return
      digest -= coinHash(outpoint, coin)
      draft.delete(key)
    }

    function add(outpoint: Outpoint, coin: Coin): void {
      remove(outpoint)
      digest += coinHash(outpoint, coin)
      draft.set(outpointKey(outpoint), coin)
    }
  })
  return { coins, digest: BigInt.asUintN(256, digest) }
}

/** The digest of a coin set: 64 hex digits, big-endian. Two nodes with the same coins have the same. */
export function printDigest({ digest }: CoinSet): string {
  return digest.toString(16).padStart(64, '0')
}

/** The sum of the unspent outputs whose script is exactly this. */
export function balanceOf({ coins }: CoinSet, script: Uint8Array): Sats {
  const wanted = toHex(script)
  let sum = 0n
  for (const { output } of coins.values())
    if (output.script.length === script.length && toHex(output.script) === wanted) sum += output.value
  return sats(sum)
}

interface CoinRecord {
  readonly outpoint: Outpoint
  readonly origin: number
  readonly value: Sats
  readonly script: Uint8Array
}

const recordFormat = struct<CoinRecord>({
  outpoint: outpointFormat,
  origin: uint32,
  value: int64 as Format<Sats>,
  script: varBytes,
})

function coinHash(outpoint: Outpoint, { output, height, isCoinbase }: Coin): bigint {
  const record = { outpoint, origin: height * 2 + Number(isCoinbase), ...output }
  return BigInt(`0x${toHex(sha256(encodeAll(recordFormat, record)).reverse())}`)
}
