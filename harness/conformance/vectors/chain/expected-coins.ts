import { createHash } from 'node:crypto'
import type { RawBlock, RawTransaction } from './raw-block.ts'

const MODULUS = 1n << 256n

interface ExpectedCoin {
  readonly value: bigint
  readonly script: Uint8Array
  readonly height: number
  readonly isCoinbase: boolean
}

/** What is unspent after a chain of blocks, counted by the vectors themselves: a third opinion beside both engines. */
export function expectedCoins(blocksAfterGenesis: readonly RawBlock[]): { count: number; digest: string } {
  const coins = new Map<string, ExpectedCoin>()
  blocksAfterGenesis.forEach((block, index) => {
    block.transactions.forEach((transaction, position) => {
      if (position > 0)
        for (const { txid, index: output } of transaction.inputs) coins.delete(`${txid}:${output}`)
      addOutputs(coins, transaction, index + 1, position === 0)
    })
  })
  let sum = 0n
  for (const [outpoint, coin] of coins) sum += coinNumber(outpoint, coin)
  return { count: coins.size, digest: (sum % MODULUS).toString(16).padStart(64, '0') }
}

function addOutputs(
  coins: Map<string, ExpectedCoin>,
  { txid, outputs }: RawTransaction,
  height: number,
  isCoinbase: boolean,
): void {
  outputs.forEach(({ value, script }, index) => {
    if (script[0] === 0x6a || script.length > 10_000) return
    coins.set(`${txid}:${index}`, { value, script, height, isCoinbase })
  })
}

/** One coin as a number. [harness/ports/coin-digest.md] */
function coinNumber(outpoint: string, { value, script, height, isCoinbase }: ExpectedCoin): bigint {
  const [txid, index] = outpoint.split(':') as [string, string]
  const fixed = Buffer.alloc(16)
  fixed.writeUInt32LE(Number(index), 0)
  fixed.writeUInt32LE(height * 2 + (isCoinbase ? 1 : 0), 4)
  fixed.writeBigUInt64LE(value, 8)
  const serialized = Buffer.concat([
    Buffer.from(txid, 'hex').reverse(),
    fixed,
    compactSize(script.length),
    script,
  ])
  return BigInt(`0x${createHash('sha256').update(serialized).digest().reverse().toString('hex')}`)
}

function compactSize(length: number): Buffer {
  if (length < 253) return Buffer.of(length)
  return Buffer.of(253, length & 0xff, length >> 8)
}
