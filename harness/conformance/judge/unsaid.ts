import type { ChainSession, Engine, Verdict } from '../../ports/index.ts'

/** Deliveries about which a target said nothing, by its reason. */
export type Unsaid = Map<string, number>

/** The same engine; whatever it says nothing about is counted. */
export function countingUnsaid(engine: Engine, unsaid: Unsaid): Engine {
  const counted = (verdict: Verdict): Verdict => {
    if (verdict.outcome === 'unknown') {
      const why = verdict.reason ?? 'no word'
      unsaid.set(why, (unsaid.get(why) ?? 0) + 1)
    }
    return verdict
  }
  return {
    ...engine,
    openChain(chain): ChainSession {
      const session = engine.openChain(chain)
      return {
        ...session,
        deliverHeader: (header, now) => counted(session.deliverHeader(header, now)),
        deliverBlock: (block, now) => counted(session.deliverBlock(block, now)),
        deliverTransaction: (transaction, now) => counted(session.deliverTransaction(transaction, now)),
      }
    },
  }
}
