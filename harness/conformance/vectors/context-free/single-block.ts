import { chainLookup, facetOf } from '../../../adapters/index.ts'
import { type ChainReference, chainRules, type SingleBlockPlace } from '../../../ports/index.ts'
import type { RawBlock } from '../../../wire/index.ts'
import { flagsAt } from '../../fork-flags.ts'
import { heightInCoinbase } from '../chain/chain-of-block.ts'
import { compare, type VectorCase } from '../format.ts'
import type { SpentCoin } from './spent-coins.ts'

/** A real block without its ancestors: it is in a chain, so every check that is possible must pass. */
export function singleBlockCase(
  block: RawBlock,
  spentOutputs: readonly SpentCoin[] | undefined,
  chain: ChainReference | undefined,
): VectorCase {
  const place = spentOutputs && placeOf(block, spentOutputs)
  const judged =
    spentOutputs === undefined
      ? 'structure'
      : place === undefined
        ? 'structure and scripts'
        : 'structure, scripts and places'
  return {
    id: `${judged} of ${block.hash}`,
    run: (engine) => {
      if (chain === undefined) return { fail: 'expected proof of work by sha256d or scrypt' }
      const request = { chain, block: block.bytes, flags: flagsOf(block, chain) }
      return compare(
        facetOf(engine, 'contextFree').checkBlock({
          ...request,
          ...(spentOutputs !== undefined && { spentOutputs }),
          ...(place !== undefined && { place }),
        }),
        'ok',
      )
    },
  }
}

/** Where the block and its coins stand, if both say so: the median time below a block is surely before the block's own time. */
function placeOf(block: RawBlock, coins: readonly SpentCoin[]): SingleBlockPlace | undefined {
  const height = heightInCoinbase(block)
  const origins = coins.flatMap(({ origin }) => origin ?? [])
  if (height === 0 || origins.length < coins.length) return undefined
  const sibling = origins.find((origin) => origin.height === height)
  return { height, medianTime: sibling?.medianTime ?? block.time - 1, origins }
}

/** Coins spent by the block, the coinbase left out. */
export function spendCount(block: RawBlock): number {
  return block.transactions.slice(1).reduce((sum, transaction) => sum + transaction.inputs.length, 0)
}

/** Forks that a block may be excepted from. [Core script_flag_exceptions] */
const EXCEPTED: ReadonlySet<string> = new Set(['bip16', 'segwit', 'taproot'])

/** What was surely in force when the block was made: a block that names no height is asked for nothing that began at one. */
function flagsOf(block: RawBlock, chain: ChainReference): string[] {
  const file = typeof chain === 'string' ? chainLookup(chain)! : chain
  const isExcepted = chainRules(file).scriptFlagExceptions.some(({ hash }) => hash === block.hash)
  return flagsAt(file, heightInCoinbase(block), isExcepted ? EXCEPTED : undefined)
}
