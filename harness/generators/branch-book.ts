import { Map as PersistentMap } from 'immutable'
import type { CompiledBlock, CompiledTransaction, ItemTable } from '../scenario/index.ts'
import { factsOf } from '../scenario/index.ts'

/** An unspent output of a branch, as an attacker sees it. */
export interface BranchCoin {
  /** As a scenario's input names it: `b1:0`, `t1:0`. */
  readonly reference: string
  readonly value: bigint
  readonly height: number
  readonly isCoinbase: boolean
  /** Median time past of the block before the one that made it: where BIP68 starts to count seconds. */
  readonly medianTimeBefore: number
}

type Coins = PersistentMap<string, BranchCoin>

/** The coins at the tip of any branch, whether or not its blocks are valid. */
export interface BranchBook {
  /** In a fixed order. */
  coinsAt(block: CompiledBlock): BranchCoin[]
}

export function createBranchBook(items: ItemTable): BranchBook {
  const books = new Map<CompiledBlock, Coins>()
  return { coinsAt: (block) => [...at(block).values()] }

  function at(block: CompiledBlock): Coins {
    const missing: CompiledBlock[] = []
    let from = block
    while (!books.has(from) && from.parent !== undefined) {
      missing.push(from)
      from = items.block(from.parent)
    }
    let coins: Coins = books.get(from) ?? PersistentMap()
    for (const one of missing.reverse()) {
      coins = enter(coins, one, items.block(one.parent!))
      books.set(one, coins)
    }
    return coins
  }
}

function enter(before: Coins, block: CompiledBlock, parent: CompiledBlock): Coins {
  const coins = before.asMutable()
  for (const transaction of [block.coinbase, ...block.transactions]) {
    const facts = factsOf(transaction)
    if (facts === undefined) continue
    const isCoinbase = transaction === block.coinbase
    if (!isCoinbase) for (const { outpoint } of facts.inputs) coins.delete(outpoint)
    facts.outputs.forEach(({ value, isSpendable }, index) => {
      if (isSpendable && value > 0n)
        coins.set(`${facts.txid}:${index}`, {
          reference: `${nameOf(transaction, block, isCoinbase)}:${index}`,
          value,
          height: block.height,
          isCoinbase,
          medianTimeBefore: parent.medianTime,
        })
    })
  }
  return coins.asImmutable()
}

const nameOf = (transaction: CompiledTransaction, block: CompiledBlock, isCoinbase: boolean) =>
  isCoinbase ? block.name : transaction.name
