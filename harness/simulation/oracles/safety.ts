import { Map as PersistentMap } from 'immutable'
import type { ChainFile } from '../../ports/index.ts'
import type { CompiledBlock } from '../../scenario/index.ts'
import {
  factsOf,
  lockDistance,
  subsidyAt,
  type TransactionFacts,
  transactionsIn,
} from '../../scenario/index.ts'
import type { Host } from '../simulator/host.ts'
import type { Finding, WatchedRun, Watcher } from '../simulator/watcher.ts'
import { blockWithHash } from './history.ts'

/** What the plainest book-keeping says of a branch: its coins with their sats, or the first thing wrong with it. */
interface Book {
  readonly coins: PersistentMap<string, bigint>
  readonly wrong?: Omit<Finding, 'node' | 'item'>
}

/**
 * Safety, asked without the specification: on every chain that a node calls active, no coin is spent twice, nothing
 * comes out of nothing, no lock is opened early; no pool holds two that spend one output; and no node leaves a chain it
 * had called valid for one of less work.
 */
export function watchSafety(run: WatchedRun, chain: ChainFile): Watcher {
  const books = new Map<string, Book>()
  const best = new Map<Host, CompiledBlock>()

  return {
    tip(host, hash) {
      const block = blockWithHash(run.items, hash)
      if (block === undefined) {
        const expected = 'a block of this run'
        run.report({
          oracle: 'safety',
          node: host.name,
          expected,
          actual: hash,
          text: `${host.name} has an unknown tip`,
        })
        return
      }
      const { wrong } = bookOf(block)
      if (wrong !== undefined) run.report({ ...wrong, node: host.name, item: block.name })
    },
    settled(host) {
      if (host.node === undefined) return
      askPool(host, host.node.view.mempool())
      const tip = blockWithHash(run.items, host.node.view.tip().hash)
      const before = best.get(host)
      if (tip === undefined || tip === before) return
      if (before !== undefined && tip.chainWork < before.chainWork)
        run.report({
          oracle: 'most-work',
          node: host.name,
          item: tip.name,
          expected: `a tip with work ${before.chainWork} or more (${before.name})`,
          actual: `work ${tip.chainWork} (${tip.name})`,
          text: `${host.name} left ${before.name} for ${tip.name}, a chain of less work`,
        })
      best.set(host, tip)
    },
    crashed(host) {
      best.delete(host)
    },
    intervened(host) {
      best.delete(host)
    },
  }

  /** Which of two conflicting transactions a pool holds is its policy; it must not hold both. */
  function askPool(host: Host, pool: readonly string[]): void {
    const spenders = new Map<string, string>()
    for (const txid of pool) {
      const [item] = run.items.withHash(txid)
      if (item?.kind !== 'transaction') continue
      for (const { outpoint } of factsOf(item)?.inputs ?? []) {
        const other = spenders.get(outpoint)
        spenders.set(outpoint, item.name)
        if (other === undefined || other === item.name) continue
        run.report({
          oracle: 'mempool',
          node: host.name,
          item: item.name,
          expected: `not both: ${other} spends ${outpoint}, too`,
          actual: 'in the mempool',
          text: `${host.name} holds ${other} and ${item.name} in its mempool, which spend one output`,
        })
        return
      }
    }
  }

  function bookOf(block: CompiledBlock): Book {
    const missing: CompiledBlock[] = []
    let at = block
    while (!books.has(at.hash) && at.parent !== undefined) {
      missing.push(at)
      at = run.items.block(at.parent)
    }
    let book = books.get(at.hash) ?? { coins: PersistentMap<string, bigint>() }
    for (const one of missing.reverse()) {
      book = book.wrong === undefined ? enter(book, one) : book
      books.set(one.hash, book)
    }
    return book
  }

  function enter(book: Book, block: CompiledBlock): Book {
    const parent = run.items.block(block.parent!)
    const coins = book.coins.asMutable()
    const coinbase = factsOf(block.coinbase)
    let due = subsidyAt(block.height, chain.limits)
    for (const facts of transactionsIn(block)) {
      const fee = spend(coins, facts)
      if (typeof fee === 'string')
        return fail('double-spend', `${facts.txid} spends ${fee}, which is no unspent coin`)
      if (fee < 0n) return fail('supply', `${facts.txid} pays out ${-fee} sats more than it takes in`)
      const distance = lockDistance(facts, block.height, lockClock(chain, block, parent))
      if (distance !== undefined && distance > 0)
        return fail(
          'lock-time',
          `${facts.txid} is locked for ${distance} more ${facts.lockTime < 5e8 ? 'blocks' : 's'}`,
        )
      due += fee
    }
    if (coinbase === undefined) return fail('supply', 'its coinbase cannot be read')
    const claimed = coinbase.outputs.reduce((total, output) => total + output.value, 0n)
    if (claimed > due) return fail('supply', `its coinbase claims ${claimed - due} sats too many`)
    create(coins, coinbase)
    return { coins: coins.asImmutable() }

    function fail(oracle: string, actual: string): Book {
      const text = `${block.name} is on an active chain, but ${actual}`
      return {
        ...book,
        wrong: { oracle, expected: 'a block that keeps the books balanced', actual, text },
      }
    }
  }
}

/** What absolute locks in seconds are measured by: median time past since BIP113, the block's own time before. */
function lockClock(chain: ChainFile, block: CompiledBlock, parent: CompiledBlock): number {
  const { csv } = chain.deployments
  const since = csv.kind === 'always' ? 0 : csv.kind === 'height' ? csv.height : Number.POSITIVE_INFINITY
  return block.height >= since ? parent.medianTime : Math.max(parent.medianTime, block.time)
}

/** Takes the inputs, makes the outputs, returns the fee; or the outpoint that is no coin. */
function spend(coins: PersistentMap<string, bigint>, facts: TransactionFacts): bigint | string {
  let fee = 0n
  for (const { outpoint } of facts.inputs) {
    const value = coins.get(outpoint)
    if (value === undefined) return outpoint
    coins.delete(outpoint)
    fee += value
  }
  for (const output of facts.outputs) fee -= output.value
  create(coins, facts)
  return fee
}

function create(coins: PersistentMap<string, bigint>, facts: TransactionFacts): void {
  facts.outputs.forEach((output, index) => {
    if (output.isSpendable) coins.set(`${facts.txid}:${index}`, output.value)
  })
}
