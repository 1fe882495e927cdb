import type { BlockTemplate, TemplateOptions } from '../../../mining/index.ts'
import { earliestTime, nextBits } from '../../../validation/index.ts'
import { bytesToHex } from '../../../wire/index.ts'
import { describeTarget, difficultyOf, hex32 } from '../../describe/block-json.ts'
import { networkHashRate } from '../../hash-rate.ts'
import { coins } from '../../json.ts'
import { method } from '../../method.ts'

export const getmininginfo = method({
  name: 'getmininginfo',
  category: 'mining',
  summary: 'Returns what concerns miners',
  parameters: {},
  run: (_values, { view, now, operations, templateOptions, lastTemplate }) => {
    const { chain, pool } = view
    const { tip } = chain
    const { limits } = chain.chain
    const time = Math.max(Math.floor(now() / 1000), earliestTime(tip, limits))
    const bits = nextBits(tip, time, limits)
    const last = lastTemplate()
    const challenge = chain.chain.signetChallenge
    return {
      blocks: tip.height,
      ...(last === undefined ? {} : weightOf(last, templateOptions)),
      bits: hex32(tip.bits),
      difficulty: difficultyOf(tip.bits),
      target: describeTarget(tip.bits),
      networkhashps: networkHashRate(tip, limits),
      pooledtx: pool.pool.size,
      blockmintxfee: coins(templateOptions.feeRateMin),
      chain: operations.chainName,
      next: {
        height: tip.height + 1,
        bits: hex32(bits),
        difficulty: difficultyOf(bits),
        target: describeTarget(bits),
      },
      ...(challenge === undefined ? {} : { signet_challenge: bytesToHex(challenge) }),
      warnings: operations.warnings,
    }
  },
})

/** Of the block that was assembled last, its reserve included. [Core BlockAssembler::m_last_block_weight] */
function weightOf({ entries }: BlockTemplate, { reservedWeight }: TemplateOptions) {
  const weight = entries.reduce((sum, { transaction }) => sum + transaction.weight, reservedWeight)
  return { currentblockweight: weight, currentblocktx: entries.length }
}
