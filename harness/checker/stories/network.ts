import type { NetworkState } from '../../../spec/index.ts'
import type { Trace } from '../explore/trace.ts'
import type { Happened, StoryBlock, Tale } from './write.ts'

/**
 * A trace of the network model as one node goes through it: the node that acts last, or that is left behind where the
 * behaviour never ends. What it never hears of in such a behaviour is handed to it at the end, as fairness asks.
 */
export function taleOfNetwork(trace: Trace<NetworkState>, violated: string): Tale {
  const last = trace.at(-1)!
  const isEndless = last.loop !== undefined
  const node = isEndless ? leftBehind(last.state) : actorOf(trace)
  const blocks = new Map(
    last.state.parent.flatMap((parent, index): [number, StoryBlock][] =>
      parent === -1 ? [] : [[index + 1, { parent, payment: last.state.payment[index]! }]],
    ),
  )
  const happened = trace.flatMap(({ happened: step }, index): Happened[] => {
    if (step === undefined) return []
    const { action, choice } = step
    if (action === 'Mine' && choice.miner === node)
      return [{ kind: 'block', block: trace[index - 1]!.state.parent.indexOf(-1) + 1 }]
    if (choice.node !== node) return []
    if (action === 'Receive') return [{ kind: 'block', block: choice.block }]
    if (action === 'Crash') return [{ kind: 'stop' }]
    return action === 'Restart' ? [{ kind: 'restart' }] : []
  })
  const unheard = [...blocks.keys()].filter((block) => !last.state.known[node]!.includes(block))
  return {
    title: `What ${node} must do where a flawed network violates ${violated}`,
    story: `From a counterexample of the network model, as ${node} goes through it. A sound node ends on the valid branch of most work.`,
    blocks,
    happened: isEndless
      ? [...happened, ...unheard.map((block): Happened => ({ kind: 'block', block }))]
      : happened,
  }
}

/** The node that has done or suffered something last. */
function actorOf(trace: Trace<NetworkState>): string {
  const actors = trace.flatMap(({ happened }) => happened?.choice.node ?? happened?.choice.miner ?? [])
  return actors.at(-1) ?? 'n1'
}

/** The node that knows least. */
function leftBehind({ known }: NetworkState): string {
  return Object.keys(known).reduce((least, node) =>
    known[node]!.length < known[least]!.length ? node : least,
  )
}
