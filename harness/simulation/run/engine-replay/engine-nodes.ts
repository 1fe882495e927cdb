import type { ChainSession, Engine, HashHex, Verdict } from '../../../ports/index.ts'
import type { CompiledBlock, CompiledItem, CompiledNode, CompiledScenario } from '../../../scenario/index.ts'
import type { NodeObservation } from './expectation.ts'

/** One engine session playing a node: it knows what it was given, what it said, and what it would tell its peers. */
export interface EngineNode {
  readonly name: string
  readonly observation: NodeObservation
  clockOffsetSeconds: number
  deliver(item: CompiledItem, as: 'whole' | 'header', at: number): Verdict
  invalidate(block: CompiledBlock): void
  reconsider(block: CompiledBlock): void
  /** Whether it has these contents already, or others of the same hash that it believed. */
  has(item: CompiledItem): boolean
  /** Items of the active chain, lowest first, then the mempool: what a peer would come to hear. */
  known(): readonly CompiledItem[]
}

export function createEngineNode(node: CompiledNode, compiled: CompiledScenario, engine: Engine): EngineNode {
  const session = engine.openChain(compiled.chain)
  const verdicts = new Map<CompiledItem, Verdict>()
  /** The very bytes that were believed, where copies share a hash. */
  const believed = new Map<HashHex, CompiledItem>()
  const self: EngineNode = {
    name: node.name,
    clockOffsetSeconds: node.clockOffsetSeconds,
    observation: {
      verdictOf: (item) => verdicts.get(item),
      tip: () => session.tip(),
      coinDigest: () => session.coinDigest(),
      balanceOf: (script) => session.balanceOf(script),
      mempool: () => session.mempool(),
    },
    deliver(item, as, at) {
      const now = Math.floor((compiled.startTimeMs + at) / 1000) + self.clockOffsetSeconds
      const verdict = judged(session, item, as, now)
      verdicts.set(item, verdict)
      if (isBelieved(verdict) && as === 'whole' && !believed.has(item.hash)) believed.set(item.hash, item)
      return verdict
    },
    has: (item) => believed.has(item.hash),
    invalidate: (block) => session.invalidate(block.hash),
    reconsider: (block) => session.reconsider(block.hash),
    known: () => [...activeChain(), ...looseTransactions()],
  }
  return self

  function activeChain(): CompiledItem[] {
    const chain: CompiledItem[] = []
    let block = believed.get(session.tip().hash)
    while (block?.kind === 'block' && block.parent !== undefined) {
      chain.unshift(block)
      block = believed.get(compiled.items.get(block.parent)!.hash)
    }
    return chain
  }

  function looseTransactions(): CompiledItem[] {
    if (!engine.capabilities.has('mempool')) return []
    return session.mempool().flatMap((txid) => believed.get(txid) ?? [])
  }
}

const isBelieved = ({ outcome }: Verdict) => outcome !== 'rejected' && outcome !== 'unknown'

function judged(session: ChainSession, item: CompiledItem, as: 'whole' | 'header', now: number): Verdict {
  if (item.kind === 'transaction') return session.deliverTransaction(item.bytes, now)
  return as === 'header' ? session.deliverHeader(item.header, now) : session.deliverBlock(item.bytes, now)
}
