import type { ChainReference } from '../ports/index.ts'
import { asVersionTwo, type ChainFile, chainFileSchema } from '../ports/index.ts'
import { hexToBytes, parseTransaction } from '../wire/index.ts'
import { ScenarioError } from './error.ts'
import type { Scenario } from './format/index.ts'

/** The chain file of a built-in chain; undefined when none has this name. */
export type ChainLookup = (name: string) => ChainFile | undefined

/** The chain of a scenario, as its file and as an engine is asked for it: by name where it is a built-in one. */
export function resolveChain(
  chain: Scenario['chain'],
  lookup: ChainLookup,
): { reference: ChainReference; file: ChainFile } {
  const resolved = resolve(chain, lookup)
  const genesis = hexToBytes(resolved.file.genesisBlock)
  if (genesis[HEADER_BYTES] !== 1 || parseTransaction(genesis.slice(HEADER_BYTES + 1)) === undefined)
    throw new ScenarioError('chain.genesisBlock', 'expected a header, one transaction, and no byte more')
  return resolved
}

const HEADER_BYTES = 80

function resolve(
  chain: Scenario['chain'],
  lookup: ChainLookup,
): { reference: ChainReference; file: ChainFile } {
  if (typeof chain === 'string') return { reference: chain, file: named(chain, lookup, 'chain') }
  if (!('base' in chain)) return { reference: chain, file: chain }
  const base = named(chain.base, lookup, 'chain.base')
  const file = chainFileSchema.parse({
    ...(chain.scriptsFromGenesis === undefined
      ? base
      : { ...asVersionTwo(base), scriptsFromGenesis: chain.scriptsFromGenesis }),
    name: `${base.name}-variant`,
    limits: { ...base.limits, ...chain.limits },
    deployments: { ...base.deployments, ...chain.deployments },
  })
  return { reference: file, file }
}

function named(name: string, lookup: ChainLookup, path: string): ChainFile {
  const file = lookup(name)
  if (file === undefined) throw new ScenarioError(path, `no chain named "${name}"`)
  return file
}
