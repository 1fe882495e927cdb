import fc from 'fast-check'
import { around, type BranchCoin } from '../../../generators/index.ts'
import type { CompiledBlock, TransactionSource } from '../../../scenario/index.ts'
import { actKind, choice, node } from '../../act.ts'
import type { Director } from '../director.ts'

const FINAL = 0xffffffff
/** Seconds in one interval of a relative lock. [BIP68] */
const INTERVAL_SECONDS = 512
const RELATIVE_MAX = 0xffff

/**
 * A transaction whose lock opens `offset` before or after the next block: by height or median time, absolute or
 * relative. It is sent unconfirmed, put into the next block, or put into a block of a rival branch one lower.
 */
export const lockEdge = actKind({
  name: 'lock-edge',
  weight: 10,
  choices: () =>
    fc.record({
      node,
      kind: choice,
      offset: around(0, 600),
      open: fc.oneof(
        { weight: 1, arbitrary: fc.constant(true) },
        { weight: 4, arbitrary: fc.constant(false) },
      ),
      way: choice,
    }),
  play(director: Director, { node, kind, offset, open, way }) {
    const host = director.host(node)
    if (!host.running) return
    const tip = director.tipOf(host)
    const parent = way % 3 === 2 ? director.ancestor(tip, 1) : tip
    const coins = director.matureCoinsAt(parent)
    const coin = coins[way % Math.max(1, coins.length)]
    if (coin === undefined) return
    const lock = LOCKS[kind % LOCKS.length]!(parent, coin, offset)
    const { name } = director.addTransaction({
      version: 2,
      lockTime: lock.lockTime ?? 0,
      inputs: [{ spends: coin.reference, sequence: open ? FINAL : lock.sequence }],
      outputs: [{ to: 'anyone', value: Math.max(0, Number(coin.value) - 10_000) }],
    })
    if (way % 3 === 0) director.send([name], [host])
    else director.send([director.addBlock({ extends: parent.name, transactions: [name] }).name], [host])
  },
})

type EdgeLock = Pick<TransactionSource, 'lockTime'> & { readonly sequence: number }

/** Each gives a lock that is open in the block after `parent` when the offset is 0 or less. */
const LOCKS: readonly ((parent: CompiledBlock, coin: BranchCoin, offset: number) => EdgeLock)[] = [
  // Final when the lock time is less than the block's height. [BIP113, Core IsFinalTx]
  (parent, _, offset) => ({ lockTime: Math.max(1, parent.height + offset), sequence: FINAL - 1 }),
  // Final when the lock time is less than the parent's median time past.
  (parent, _, offset) => ({ lockTime: parent.medianTime - 1 + offset, sequence: FINAL - 1 }),
  // Open when as many blocks as asked for lie between the coin's and this one. [BIP68]
  (parent, coin, offset) => ({ sequence: relative(parent.height + 1 - coin.height + offset) }),
  // Open when as many intervals have passed between the median times before the two blocks.
  (parent, coin, offset) => {
    const passed = Math.floor((parent.medianTime - coin.medianTimeBefore) / INTERVAL_SECONDS)
    return { sequence: relative(passed + offset) | (1 << 22) }
  },
]

const relative = (value: number) => Math.min(Math.max(value, 0), RELATIVE_MAX)
