import type { Chain } from '../chains/index.ts'
import { type Ask, askRule, everyRule, first, violationsOf } from '../language/index.ts'
import { blockSpend, noWitness, transactionRules, valueRules, witnessRules } from '../rules/index.ts'
import type { Feature } from '../script/index.ts'
import { verifyInput } from '../script/index.ts'
import type { Block, Coin, Outpoint, Output, Transaction } from '../vocabulary/index.ts'
import { height, isCoinbase, outpointKey } from '../vocabulary/index.ts'
import { contextFreeBlockViolations } from './judge.ts'
import { genesisOf } from './state.ts'

/** What is known of a block whose ancestors are not. */
interface BlockWithoutContext {
  readonly block: Block
  /** One per input in order, the coinbase left out; without them nothing is said of what is spent. */
  readonly spentOutputs?: readonly Output[] | undefined
  readonly features: ReadonlySet<Feature>
}

/** The context-free rules of a transaction: `ok`, or the reject string of the first one broken. [Core CheckTransaction] */
export function checkTransaction({ limits }: Chain, transaction: Transaction, ask: Ask = askRule): string {
  return first(violationsOf(transactionRules, transaction, limits, everyRule, ask))?.rule.reason ?? 'ok'
}

/**
 * What can be said of a block without its ancestors: `ok`, the reject string of the first rule broken, or
 * `script: NAME` with the first input's script error. Heights and times are not judged.
 */
export function checkBlockWithoutContext(
  chain: Chain,
  { block, spentOutputs, features }: BlockWithoutContext,
  ask: Ask = askRule,
): string {
  const contextFree = first(contextFreeBlockViolations(chain, block, ask))
  if (contextFree !== undefined) return contextFree.rule.reason
  const witness = first(violationsOf(witnessRules, { block }, chain.limits, witnessRulesOf(features), ask))
  if (witness !== undefined) return witness.rule.reason
  return spentOutputs === undefined ? 'ok' : checkSpends(chain, block, spentOutputs, features, ask)
}

/** Before segwit one rule stands for all that came with it. */
function witnessRulesOf(features: ReadonlySet<Feature>) {
  return (id: string) => features.has('WITNESS') !== (id === noWitness.id)
}

function checkSpends(
  chain: Chain,
  block: Block,
  spentOutputs: readonly Output[],
  features: ReadonlySet<Feature>,
  ask: Ask,
): string {
  const coinAt = coinsFrom(block, spentOutputs)
  const { transactions } = blockSpend(block, { parent: genesisOf(chain), features, extension: {}, coinAt })
  for (const spend of transactions) {
    const violation = first(violationsOf(valueRules, spend, chain.limits, everyRule, ask))
    if (violation !== undefined) return violation.rule.reason
    for (const inputIndex of spend.coins.keys()) {
      const result = verifyInput({ ...spend, spentOutputs: spend.spentOutputs!, inputIndex })
      if (result !== 'OK') return `script: ${result}`
    }
  }
  return 'ok'
}

function coinsFrom(block: Block, spentOutputs: readonly Output[]): (outpoint: Outpoint) => Coin | undefined {
  const inputs = block.transactions
    .filter((transaction) => !isCoinbase(transaction))
    .flatMap(({ inputs }) => inputs)
  const coins = new Map(
    spentOutputs.map((output, index) => [
      inputs[index] && outpointKey(inputs[index].outpoint),
      { output, height: height(0), isCoinbase: false },
    ]),
  )
  return (outpoint) => coins.get(outpointKey(outpoint))
}
