import {
  type Ask,
  type BlockSpend,
  chainByName,
  chainUnder,
  checkTransaction,
  composeExtensions,
  decodeTransaction,
  evaluate,
  height,
  type Output,
  sats,
  type Transaction,
  UPGRADES,
  type Upgrade,
  verifyInput,
  violationsOf,
} from '../../../spec/index.ts'
import type { DraftJudge, SpentOutput } from '../../ports/index.ts'
import { createSpecMemory } from './memory.ts'
import { openSpecSession } from './session.ts'

/** The specification with a draft in force beside the deployed upgrades. */
export function createDraftJudge(draft: Upgrade, ask: Ask): DraftJudge {
  const memory = createSpecMemory(ask)
  const upgrades: readonly Upgrade[] = [...UPGRADES, { ...draft, deployment: { kind: 'always' } }]
  const extension = composeExtensions(upgrades)
  const deployed = new Set(UPGRADES.flatMap(({ features = [] }) => features))
  const all = new Set([...deployed, ...(draft.features ?? [])])
  return {
    openChain: (chain, deployment) =>
      deployment === undefined
        ? openSpecSession(chain, memory, upgrades)
        : openSpecSession(chain, createSpecMemory(ask), [...UPGRADES, { ...draft, deployment }]),
    judgeSpend({ transaction: bytes, spentOutputs, isInForce, areCoinsOlder = false }) {
      const decoded = decodeTransaction(bytes)
      if (!decoded.ok) return 'decode-failed'
      const transaction = decoded.value
      const chain = chainUnder(chainByName('bitcoin')!, isInForce ? [draft] : [])
      const structure = checkTransaction(chain, transaction)
      if (structure !== 'ok') return structure
      const outputs = spentOutputs?.map(outputOf)
      const broken = isInForce ? brokenRule(draft, transaction, outputs) : undefined
      if (broken !== undefined) return broken
      const isSpared = areCoinsOlder && draft.sparesOlderCoins === true
      const features = isInForce && !isSpared ? all : deployed
      for (const inputIndex of outputs?.keys() ?? []) {
        const error = verifyInput({ transaction, inputIndex, spentOutputs: outputs!, features, extension })
        if (error !== 'OK') return `script: ${error}`
      }
      return 'ok'
    },
    runScript({ script, transaction: bytes, inputIndex }) {
      const decoded = decodeTransaction(bytes)
      if (!decoded.ok) return 'UNKNOWN_ERROR'
      const context = {
        sigVersion: 'legacy',
        transaction: decoded.value,
        inputIndex,
        spentOutputs: [],
        features: all,
        extension,
      } as const
      return evaluate(script, [], context).error
    },
  }
}

function outputOf({ value, script }: SpentOutput): Output {
  return { value: sats(value), script }
}

/** The first of a draft's own rules that a transaction breaks, alone in a block of which nothing else is known; its reason. */
export function brokenRule(
  { adds = {} }: Upgrade,
  transaction: Transaction,
  spentOutputs: readonly Output[] | undefined,
): string | undefined {
  const { genesis, limits } = chainByName('bitcoin')!
  const parent = { hash: genesis.header.previous, header: genesis.header, height: height(0), chainWork: 0n }
  const block = { header: genesis.header, transactions: [transaction] }
  const coins = (spentOutputs ?? []).map((output) => ({ output, height: height(0), isCoinbase: false }))
  const spend = {
    transaction,
    spendHeight: height(1),
    parent,
    coins,
    spentOutputs,
    overwritten: undefined,
    fee: undefined,
    features: new Set<string>(),
    extension: {},
    spared: [],
    feesSoFar: undefined,
    sigopCostSoFar: undefined,
  }
  const blockSpend: BlockSpend = { block, height: height(1), transactions: [spend], fees: undefined }
  for (const { rule } of violationsOf(adds.block ?? [], { block, height: height(1), parent }, limits))
    return rule.reason
  if (spentOutputs === undefined) return undefined
  for (const { rule } of violationsOf(adds.spending ?? [], blockSpend, limits)) return rule.reason
  return undefined
}
