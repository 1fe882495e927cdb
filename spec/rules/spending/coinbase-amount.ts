import type { Outcome } from '../../language/index.ts'
import { atMost, ok } from '../../language/index.ts'
import type { Block, Height, Sats } from '../../vocabulary/index.ts'
import { sumSats } from '../../vocabulary/index.ts'
import type { ConsensusRule } from '../rule.ts'
import { rule } from '../rule.ts'
import { isSubsidyOver, originalSubsidy } from './subsidy.ts'

interface Claim {
  readonly block: Block
  readonly height: Height
  readonly fees: Sats
}

export const coinbaseAmount: ConsensusRule<Claim> = rule({
  id: 'coinbase-amount',
  reason: 'bad-cb-amount',
  must: "The sum of a coinbase's outputs MUST NOT exceed the block's fees plus its subsidy: `initialSubsidySats` (5,000,000,000 on mainnet), halved, rounding down, once for each whole `halvingIntervalBlocks` (210,000) in its height, modulo 64.",
  sources: ['Core validation.cpp ConnectBlock, GetBlockSubsidy'],
  limits: ['initialSubsidySats', 'halvingIntervalBlocks'],
  check: (claim, limits) => checkClaim(claim, originalSubsidy(claim.height, limits) + claim.fees),
})

export const subsidyEnds: ConsensusRule<Claim> = rule({
  id: 'subsidy-ends',
  reason: 'bad-cb-amount',
  must: "From the 64th halving on, at height 64 times `halvingIntervalBlocks`, the sum of a coinbase's outputs MUST NOT exceed the block's fees.",
  sources: ['BIP42'],
  limits: ['halvingIntervalBlocks'],
  check: (claim, limits) => (isSubsidyOver(claim.height, limits) ? checkClaim(claim, claim.fees) : ok),
})

function checkClaim({ block }: Claim, most: bigint): Outcome {
  return atMost(most, sumSats(block.transactions[0]!.outputs.map((output) => output.value)))
}
