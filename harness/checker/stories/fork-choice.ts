import type { Trace } from '../explore/trace.ts'
import type { Happened, Tale } from './write.ts'

interface ForkChoiceState {
  readonly parents: readonly number[]
  readonly work: readonly number[]
}

/** A trace of the fork-choice model as the node goes through it that receives a block last. */
export function taleOfForkChoice(trace: Trace<ForkChoiceState>, violated: string): Tale {
  const { parents, work } = trace[0]!.state
  const deliveries = trace.flatMap(({ happened }): { node: number; block: number }[] =>
    happened === undefined ? [] : [happened.choice],
  )
  const node = deliveries.at(-1)?.node ?? 0
  return {
    title: `What node ${node + 1} must do where a flawed choice violates ${violated}`,
    story:
      'From a counterexample of the fork-choice model. A heavy block of the model is several blocks here.',
    blocks: new Map(parents.map((parent, index) => [index + 1, { parent, work: work[index]! }])),
    happened: deliveries.flatMap((delivery): Happened[] =>
      delivery.node === node ? [{ kind: 'block', block: delivery.block }] : [],
    ),
  }
}
