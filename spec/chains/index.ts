import bitcoin from './bitcoin.json' with { type: 'json' }
import type { Chain } from './chain.ts'
import { decodeChainFile } from './decode.ts'
import litecoin from './litecoin.json' with { type: 'json' }
import litecoinRegtest from './litecoin-regtest.json' with { type: 'json' }
import regtest from './regtest.json' with { type: 'json' }
import signet from './signet.json' with { type: 'json' }
import testnet3 from './testnet3.json' with { type: 'json' }
import testnet4 from './testnet4.json' with { type: 'json' }
import tiny from './tiny.json' with { type: 'json' }

export type { Bip8, Bip9, Chain, Deployment, DeploymentName, Expiring, Heretical, Limits } from './chain.ts'
export { decodeChainFile, genesisHash } from './decode.ts'
export type { Founded, Founding } from './found.ts'
export { found } from './found.ts'

/** The chain files that come with the specification, by name. */
export const chainFiles: ReadonlyMap<string, unknown> = new Map(
  [bitcoin, testnet3, testnet4, signet, regtest, litecoin, litecoinRegtest, tiny].map((file) => [
    file.name,
    file,
  ]),
)

const known = new Map<string, Chain>()

/** A chain that comes with the specification; undefined when there is none of this name. */
export function chainByName(name: string): Chain | undefined {
  const before = known.get(name)
  const file = chainFiles.get(name)
  if (before !== undefined || file === undefined) return before
  const decoded = decodeChainFile(file)
  if (!decoded.ok) throw new Error(decoded.error)
  known.set(name, decoded.chain)
  return decoded.chain
}
