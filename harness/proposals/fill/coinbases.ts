import type { Block, Upgrade } from '../../../spec/index.ts'
import type { CoinbaseShape } from './edge-chain.ts'
import { type NamedExample, namedExamples } from './examples.ts'

const SHAPE_DRAWS = 100

/** Coinbases that the draft allows, drawn until one of each is there. */
export function acceptedCoinbases(draft: Upgrade, seed: number): readonly CoinbaseShape[] {
  return namedExamples(draft, seed, SHAPE_DRAWS)
    .filter(({ isAccepted }) => isAccepted)
    .flatMap((named) => coinbaseIn(named) ?? [])
}

/** How the coinbase of an example differs; undefined where it is about something else. */
export function coinbaseIn({ example }: NamedExample): CoinbaseShape | undefined {
  if (!('rule' in example)) return undefined
  const { block, height: at } = example.subject as { readonly block?: Block; readonly height?: number }
  const [coinbase, ...others] = block?.transactions ?? []
  if (coinbase === undefined || at === undefined || others.length > 0) return undefined
  const offset = coinbase.lockTime - at
  const { sequence } = coinbase.inputs[0]!
  return (height) => ({ lockTime: Math.max(0, height + offset), sequence })
}
