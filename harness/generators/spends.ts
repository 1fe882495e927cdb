import type { CompiledBlock, CompiledTransaction } from '../scenario/index.ts'
import { ScenarioError } from '../scenario/index.ts'
import { easyCoins, easyCoinsOf } from './coins.ts'
import type { Draft } from './draft.ts'
import { lockOf } from './locks.ts'
import type { Spend } from './moves.ts'
import { makeOdd } from './oddities.ts'

const FEE = 3
const SMALL = 5

/** The transactions of a block on `parent`, those that can be made; later ones may spend what earlier ones make. */
export function makeSpends(
  draft: Draft,
  parent: CompiledBlock,
  spends: readonly Spend[],
): CompiledTransaction[] {
  const made: CompiledTransaction[] = []
  const used = new Set<string>()
  for (const spend of spends) {
    const transaction = makeSpend(draft, parent, spend, made, used)
    if (transaction !== undefined) made.push(transaction)
  }
  return made
}

function makeSpend(
  draft: Draft,
  parent: CompiledBlock,
  { coin: which, lock, chained, oddity }: Spend,
  before: readonly CompiledTransaction[],
  used: Set<string>,
): CompiledTransaction | undefined {
  const easy =
    chained && before.length > 0 ? easyCoinsOf(draft, before.at(-1)!, parent) : easyCoins(draft, parent)
  const free = easy.filter((coin) => !used.has(coin.reference))
  const coin = free[which % Math.max(1, free.length)]
  if (coin === undefined) return undefined
  used.add(coin.reference)
  const honest = {
    inputs: [{ spends: coin.reference }],
    outputs: [
      { to: lockOf(lock), value: Math.max(0, Number(coin.value) - FEE - SMALL) },
      { to: 'anyone', value: coin.value > BigInt(FEE + SMALL) ? SMALL : 0 },
    ],
  }
  const ground = { draft, parent, honest, coins: draft.coinsAt(parent), coin }
  const source = oddity === undefined ? honest : makeOdd(oddity.kind, { ...ground, choice: oddity.choice })
  return orNothing(() => draft.addTransaction(source))
}

/** Parts that do not fit each other make nothing; any other error is ours. */
export function orNothing<Made>(make: () => Made): Made | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof ScenarioError) return undefined
    throw error
  }
}
