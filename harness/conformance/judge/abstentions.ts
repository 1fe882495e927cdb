import type { ChainSession, Engine, Verdict } from '../../ports/index.ts'

/** Deliveries about which a target said nothing, by its reason. */
export type Abstentions = Map<string, number>

/** The same engine; whatever it says nothing about is counted. */
export function countingAbstentions(engine: Engine, abstentions: Abstentions): Engine {
  const counted = (verdict: Verdict): Verdict => {
    if (verdict.outcome === 'unknown') {
      const why = verdict.reason ?? 'no word'
      abstentions.set(why, (abstentions.get(why) ?? 0) + 1)
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
