import {
  type BlockSpend,
  type Coin,
  chainByName,
  composeExtensions,
  decodeBlock,
  height,
  type Output,
  sats,
  UPGRADES,
  type Upgrade,
  verifyInput,
  violationsOf,
} from '../../spec/index.ts'
import { type RealBlock, readRealBlocks } from '../conformance/index.ts'
import { rulesBroughtBy } from './in-force.ts'

/** How often a draft would have fired in blocks that were mined without it. */
export interface BlockScan {
  readonly blocks: number
  /** Blocks in which something fired. */
  readonly firingBlocks: number
  readonly transactions: number
  /** Inputs whose coins are known: scripts are judged for these alone. */
  readonly inputs: number
  readonly outputs: number
  /** By the id of a rule, or by script error: how often, and in how many transactions. */
  readonly firings: readonly { readonly id: string; readonly times: number; readonly transactions: number }[]
  /** Rules on headers, which need the blocks before. */
  readonly notAsked: readonly string[]
}

const MAIN = chainByName('bitcoin')!
const DEPLOYED = new Set(UPGRADES.flatMap(({ features = [] }) => features))

/** Asks each rule and each script of a draft about all blocks below these places. @throws FileError */
export function scanBlocks(draft: Upgrade, places: readonly string[]): BlockScan {
  const { adds = {}, features = [] } = draft
  const extension = composeExtensions([...UPGRADES, draft])
  const inForce = new Set([...DEPLOYED, ...features])
  const fired = new Map<string, { times: number; transactions: Set<string> }>(
    rulesBroughtBy(draft).map(({ id }) => [id, { times: 0, transactions: new Set() }]),
  )
  const firing = new Set<string>()
  const count = (id: string, transaction: string, block: string) => {
    firing.add(block)
    const known = fired.get(id) ?? { times: 0, transactions: new Set<string>() }
    fired.set(id, { times: known.times + 1, transactions: known.transactions.add(transaction) })
  }
  const total = { blocks: 0, transactions: 0, inputs: 0, outputs: 0 }
  for (const real of readRealBlocks(places)) scan(real)
  return {
    ...total,
    firingBlocks: firing.size,
    firings: [...fired].map(([id, { times, transactions }]) => ({
      id,
      times,
      transactions: transactions.size,
    })),
    notAsked: rulesBroughtBy({ ...draft, rules: [], adds: { header: adds.header ?? [] } }).map(
      ({ id }) => id,
    ),
  }

  function scan({ hash, bytes, coins }: RealBlock): void {
    const decoded = decodeBlock(bytes)
    if (!decoded.ok) throw new Error(`block ${hash} cannot be decoded`)
    const block = decoded.value
    const parent = { hash: block.header.previous, header: block.header, height: height(0), chainWork: 0n }
    total.blocks += 1
    total.transactions += block.transactions.length
    let next = 0
    for (const [at, transaction] of block.transactions.entries()) {
      total.outputs += transaction.outputs.length
      const name = `${hash} ${at}`
      // Alone in its block, a transaction answers for itself: no rule of a block's whole counts twice.
      const alone = { ...block, transactions: [transaction] }
      for (const { rule } of violationsOf(
        adds.block ?? [],
        { block: alone, height: height(1), parent },
        MAIN.limits,
      ))
        count(rule.id, name, hash)
      if (coins === undefined || at === 0) continue
      const spent = coins.slice(next, next + transaction.inputs.length)
      next += transaction.inputs.length
      const spentOutputs = spent.map(({ value, script }): Output => ({ value: sats(value), script }))
      const spend: BlockSpend = {
        block: alone,
        height: height(1),
        fees: undefined,
        transactions: [
          {
            transaction,
            spendHeight: height(1),
            parent,
            coins: spentOutputs.map((output): Coin => ({ output, height: height(0), isCoinbase: false })),
            spentOutputs,
            overwritten: undefined,
            fee: undefined,
            feesSoFar: undefined,
            sigopCostSoFar: undefined,
            features: DEPLOYED,
            extension: {},
            spared: [],
          },
        ],
      }
      for (const { rule } of violationsOf(adds.spending ?? [], spend, MAIN.limits)) count(rule.id, name, hash)
      for (const inputIndex of transaction.inputs.keys()) {
        total.inputs += 1
        if (features.length === 0) continue
        const error = verifyInput({ transaction, inputIndex, spentOutputs, features: inForce, extension })
        if (error !== 'OK') count(`script: ${error}`, name, hash)
      }
    }
  }
}
