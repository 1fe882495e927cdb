import { chainLookup } from '../../../adapters/index.ts'
import type { ChainReference } from '../../../ports/index.ts'
import type { RawBlock } from '../../../wire/index.ts'

/** Public chains that were made under another limit than their network's, known by one of their blocks. */
const VARIANTS = [
  {
    block: '00000000952ccb1bf9b799fcd0cc654dd48363f76781f8b1c61dbf1696c39f97',
    chain: 'bitcoin',
    limits: { coinbaseMaturityBlocks: 1 },
    // bitcointalk.org topic 46370; btcd's blockchain/chain_test.go sets this limit before it feeds them.
  },
]

/** The chain by name, or its variant when these blocks were made for one. */
export function chainFor(name: string, blocks: readonly RawBlock[]): ChainReference {
  const variant = VARIANTS.find(
    ({ chain, block }) => chain === name && blocks.some(({ hash }) => hash === block),
  )
  const file = variant && chainLookup(name)
  if (variant === undefined || file === undefined) return name
  return { ...file, name: `${name}-variant`, limits: { ...file.limits, ...variant.limits } }
}
