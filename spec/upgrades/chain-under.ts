import type { Chain } from '../chains/index.ts'
import type { Upgrade } from './upgrade.ts'

/** A chain as upgrades leave it that change its limits or its proof of work; the chain itself where none does. */
export function chainUnder(chain: Chain, upgrades: readonly Upgrade[]): Chain {
  return upgrades.reduce(changedBy, chain)
}

function changedBy(chain: Chain, { limits, proofOfWork = chain.proofOfWork }: Upgrade): Chain {
  if (limits === undefined && proofOfWork === chain.proofOfWork) return chain
  return { ...chain, proofOfWork, limits: { ...chain.limits, ...limits } }
}
