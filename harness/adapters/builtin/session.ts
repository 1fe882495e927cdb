import { MemoryFiles, MemoryOrderedStore } from '../../../impl/index.ts'
import type { ChainReference, ChainSession, NodeEvent, NodeFactory, Verdict } from '../../ports/index.ts'

const TAG = 'item'

/** A whole node in memory, without peers, as a session: each call is an event, carried on until nothing is left to do. */
export function openNodeSession(chain: ChainReference, factory: NodeFactory): ChainSession {
  const node = factory({
    name: 'node',
    chain,
    files: new MemoryFiles(),
    store: new MemoryOrderedStore(),
    // Without peers nothing is left to chance.
    entropy: () => 0.5,
  })
  let nowMs = 0
  const happen = (event: NodeEvent): Verdict | undefined => {
    let verdict: Verdict | undefined
    let next: NodeEvent | undefined = event
    while (next !== undefined) {
      const effects = node.step(next, nowMs)
      next = effects.some(({ kind }) => kind === 'continue') ? { kind: 'continue' } : undefined
      for (const effect of effects)
        if (effect.kind === 'judged' && effect.tag === TAG) verdict = effect.verdict
    }
    return verdict
  }
  const submit =
    (kind: 'submitHeader' | 'submitBlock' | 'submitTransaction') => (bytes: Uint8Array, now: number) => {
      nowMs = now * 1000
      const verdict = happen({ kind, bytes, tag: TAG })
      if (verdict === undefined) throw new Error(`the node gave no verdict on ${kind}`)
      return verdict
    }
  happen({ kind: 'start' })
  const { view } = node
  return {
    deliverHeader: submit('submitHeader'),
    deliverBlock: submit('submitBlock'),
    deliverTransaction: submit('submitTransaction'),
    tip: () => view.tip(),
    coinDigest: () => view.coinDigest(),
    coinCount: () => view.coinCount(),
    balanceOf: (script) => view.balanceOf(script),
    mempool: () => view.mempool(),
    medianTimePast: () => view.medianTimePast(),
    invalidate: (hash) => void happen({ kind: 'invalidate', hash }),
    reconsider: (hash) => void happen({ kind: 'reconsider', hash }),
  }
}
