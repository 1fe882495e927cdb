import type { Chain } from '../chains/index.ts'
import { type Ask, askRule, everyRule, first, violationsOf } from '../language/index.ts'
import {
  type BlockSpend,
  blockSpend,
  coinbaseAmount,
  noOverwrite,
  noWitness,
  relativeLock,
  scripts,
  spendingRules,
  subsidyEnds,
  transactionRules,
  witnessRules,
} from '../rules/index.ts'
import type { Feature } from '../script/index.ts'
import { verifyInput } from '../script/index.ts'
import { resolve } from '../upgrades/index.ts'
import type { Block, Branch, Coin, Outpoint, Transaction } from '../vocabulary/index.ts'
import { isCoinbase, outpointKey } from '../vocabulary/index.ts'
import { blockViolations, contextFreeBlockViolations, headerViolations } from './judge.ts'
import { genesisOf } from './state.ts'

/** What is known of a block whose ancestors are not. */
interface BlockWithoutContext {
  readonly block: Block
  /** One per input in order, the coinbase left out; without them nothing is said of what is spent. */
  readonly coins?: readonly Coin[] | undefined
  /** What is known of the blocks below: heights, and the times that relative locks ask for; without it no place is judged. */
  readonly parent?: Branch | undefined
  readonly features: ReadonlySet<Feature>
}

/** The context-free rules of a transaction: `ok`, or the reject string of the first one broken. [Core CheckTransaction] */
export function checkTransaction({ limits }: Chain, transaction: Transaction, ask: Ask = askRule): string {
  return first(violationsOf(transactionRules, transaction, limits, everyRule, ask))?.rule.reason ?? 'ok'
}

/**
 * What can be said of a block without its ancestors: `ok`, the reject string of the first rule broken, or
 * `script: NAME` with the first input's script error. Maturity, relative locks and the coinbase's amount are judged
 * where the coins' places are known.
 */
export function checkBlockWithoutContext(
  chain: Chain,
  { block, coins, parent, features }: BlockWithoutContext,
  ask: Ask = askRule,
): string {
  const contextFree = first(contextFreeBlockViolations(chain, block, ask))
  if (contextFree !== undefined) return contextFree.rule.reason
  const witness = first(violationsOf(witnessRules, { block }, chain.limits, witnessRulesOf(features), ask))
  if (witness !== undefined) return witness.rule.reason
  if (coins === undefined) return 'ok'
  const spend = blockSpend(block, {
    parent: parent ?? genesisOf(chain),
    features,
    extension: {},
    coinAt: coinsFrom(block, coins),
  })
  const rules = spendingRulesOf(features, parent !== undefined)
  const violation = first(violationsOf(spendingRules, spend, chain.limits, rules, ask))
  return violation?.rule.reason ?? scriptVerdict(spend)
}

/**
 * What a block's header, lock times and witnesses break on a parent of which only the nearest ancestors are at hand:
 * `ok`, or the reject string of the first rule. Its work and its coins are not asked for. `now` is Unix time in seconds.
 */
export function checkBlockOnParent(
  chain: Chain,
  block: Block,
  parent: Branch,
  now: number,
  ask: Ask = askRule,
): string {
  const resolved = resolve({ chain, parent })
  const violation =
    first(headerViolations(resolved, block.header, parent, now, ask)) ??
    first(blockViolations(resolved, block, parent, ask))
  return violation === undefined ? 'ok' : violation.rule.reason + (violation.broken.suffix ?? '')
}

/** Before segwit one rule stands for all that came with it. */
function witnessRulesOf(features: ReadonlySet<Feature>) {
  return (id: string) => features.has('WITNESS') !== (id === noWitness.id)
}

/**
 * Scripts are judged by name afterwards, and of coins that a block overwrites nothing is known; relative locks came
 * together with their opcode. [BIP68, BIP112]
 */
function spendingRulesOf(features: ReadonlySet<Feature>, isPlaced: boolean) {
  return (id: string) => {
    if (id === scripts.id || id === noOverwrite.id || id === subsidyEnds.id) return false
    if (id === relativeLock.id) return isPlaced && features.has('CHECKSEQUENCEVERIFY')
    return isPlaced || id !== coinbaseAmount.id
  }
}

function scriptVerdict({ transactions }: BlockSpend): string {
  for (const spend of transactions)
    for (const inputIndex of spend.coins.keys()) {
      const result = verifyInput({ ...spend, spentOutputs: spend.spentOutputs!, inputIndex })
      if (result !== 'OK') return `script: ${result}`
    }
  return 'ok'
}

function coinsFrom(block: Block, coins: readonly Coin[]): (outpoint: Outpoint) => Coin | undefined {
  const inputs = block.transactions
    .filter((transaction) => !isCoinbase(transaction))
    .flatMap(({ inputs }) => inputs)
  const byName = new Map(inputs.map(({ outpoint }, index) => [outpointKey(outpoint), coins[index]]))
  return (outpoint) => byName.get(outpointKey(outpoint))
}
