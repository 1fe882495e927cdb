import type { Limits } from '../../chains/index.ts'
import { broken, ok } from '../../language/index.ts'
import type { Branch, Coin, Input } from '../../vocabulary/index.ts'
import { ancestorAt, medianTimePast } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import type { TransactionSpend } from '../subjects.ts'

const DISABLE_FLAG = 0x80000000
const TIME_FLAG = 0x00400000
const VALUE_MASK = 0x0000ffff
/** A time lock counts units of 512 seconds. */
const SECONDS_PER_UNIT = 512

type Locked = Pick<TransactionSpend, 'transaction' | 'coins' | 'parent' | 'spendHeight'>

export const relativeLock: ConsensusRule<Locked> = rule({
  id: 'relative-lock',
  reason: 'bad-txns-nonfinal',
  must: "Once BIP68 is in force, when a transaction's version, as an unsigned 32-bit number, is at least 2, each coin it spends MUST be as old as the low 16 bits of the input's sequence ask, unless bit 31 is set: in units of 512 seconds where bit 22 is set, from the median time past below the coin's block to that below the spending one, else in blocks, from the coin's block to the spending one.",
  sources: ['BIP68', 'BIP113', 'Core consensus/tx_verify.cpp SequenceLocks'],
  limits: ['medianTimeSpanBlocks'],
  unconfirmed: { reason: 'non-BIP68-final', rejection: 'premature' },
  check: ({ transaction, coins, parent, spendHeight }, limits) => {
    if (transaction.version < 2) return ok
    for (const [index, input] of transaction.inputs.entries()) {
      const coin = coins[index]
      if (coin === undefined || (input.sequence & DISABLE_FLAG) !== 0) continue
      const age = ageOf(coin, input, parent, spendHeight, limits)
      if (age.actual < age.wanted) return broken(`${age.wanted} ${age.unit}`, `${age.actual}, input ${index}`)
    }
    return ok
  },
})

/** A coin's age is counted from its block, or from the median time under its block. */
function ageOf(coin: Coin, input: Input, parent: Branch, spendHeight: number, limits: Limits) {
  const value = input.sequence & VALUE_MASK
  if ((input.sequence & TIME_FLAG) === 0)
    return { unit: 'blocks', wanted: value, actual: spendHeight - coin.height }
  const span = limits.medianTimeSpanBlocks
  const below = ancestorAt(parent, Math.max(coin.height - 1, 0))!
  const actual = medianTimePast(parent, span) - medianTimePast(below, span)
  return { unit: 'seconds', wanted: value * SECONDS_PER_UNIT, actual }
}
