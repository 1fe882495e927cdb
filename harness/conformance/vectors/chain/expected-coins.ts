import {
  type BlockTransaction,
  digestOfCoins,
  displayHash,
  hashBytes,
  type RawBlock,
  type RawCoin,
} from '../../../wire/index.ts'

/** What is unspent after a chain of blocks, counted by the vectors themselves: a third opinion beside both engines. */
export function expectedCoins(blocksAfterGenesis: readonly RawBlock[]): { count: number; digest: string } {
  const coins = new Map<string, RawCoin>()
  blocksAfterGenesis.forEach((block, index) => {
    block.transactions.forEach((transaction, position) => {
      if (position > 0)
        for (const { txid, index: output } of transaction.inputs)
          coins.delete(`${displayHash(txid)}:${output}`)
      addOutputs(coins, transaction, index + 1, position === 0)
    })
  })
  return { count: coins.size, digest: digestOfCoins(coins.values()) }
}

function addOutputs(
  coins: Map<string, RawCoin>,
  { txid, outputs }: BlockTransaction,
  height: number,
  isCoinbase: boolean,
): void {
  const id = hashBytes(txid)
  outputs.forEach(({ value, script }, index) => {
    if (script[0] === 0x6a || script.length > 10_000) return
    coins.set(`${txid}:${index}`, { txid: id, index, value, script, height, isCoinbase })
  })
}
