import { bytesToHex, hashToHex } from '../../../wire/index.ts'
import {
  describeTarget,
  difficultyOf,
  hex32,
  hex256,
  verificationProgress,
} from '../../describe/block-json.ts'
import { method } from '../../method.ts'

export const getblockchaininfo = method({
  name: 'getblockchaininfo',
  category: 'blockchain',
  summary: 'Returns the state of the chain',
  parameters: {},
  run: (_values, { view, now, operations }) => {
    const { chain, network } = view
    const { tip, headerTip } = chain
    const challenge = chain.chain.signetChallenge
    return {
      chain: operations.chainName,
      blocks: tip.height,
      headers: headerTip.height,
      bestblockhash: hashToHex(tip.hash),
      bits: hex32(tip.bits),
      target: describeTarget(tip.bits),
      difficulty: difficultyOf(tip.bits),
      time: tip.time,
      mediantime: chain.medianTimePast,
      verificationprogress: verificationProgress(tip.height, headerTip.height),
      initialblockdownload: network.isCatchingUp(now()),
      chainwork: hex256(tip.chainWork),
      size_on_disk: operations.diskUsage(),
      pruned: false,
      ...(challenge === undefined ? {} : { signet_challenge: bytesToHex(challenge) }),
      warnings: operations.warnings,
    }
  },
})
