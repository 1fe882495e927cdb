import {
  balanceOf,
  blockHash,
  chainUnder,
  decodeBlock,
  decodeHeader,
  diagnoseBlock,
  hash,
  invalidate,
  medianTimePast,
  openChain,
  printDigest,
  type Received,
  receiveBlock,
  receiveHeader,
  receiveTransaction,
  reconsider,
  resolve,
  tipCoins,
  UPGRADES,
  type Upgrade,
} from '../../../spec/index.ts'
import type { ChainReference, ChainSession } from '../../ports/index.ts'
import { specChain } from './chains.ts'
import type { SpecMemory } from './memory.ts'

/** A chain of the specification under these upgrades as a session: its states follow each other here, everything else is pure. */
export function openSpecSession(
  reference: ChainReference,
  memory: SpecMemory,
  upgrades: readonly Upgrade[] = UPGRADES,
): ChainSession {
  const chain = chainUnder(specChain(reference), upgrades.filter(isEverInForce))
  const judges = memory.judges(chain)
  let state = openChain(chain, upgrades, memory.ask)
  const follow = (received: Received) => {
    state = received.state
    return received.verdict
  }
  return {
    deliverHeader: (header, now) => follow(receiveHeader(state, header, now)),
    deliverBlock: (block, now) => follow(receiveBlock(state, memory.block(block), now, judges)),
    deliverTransaction: (transaction) => follow(receiveTransaction(state, transaction)),
    tip: () => ({ hash: state.tip.hash, height: state.tip.height, chainWork: state.tip.chainWork }),
    coinDigest: () => printDigest(tipCoins(state)),
    coinCount: () => tipCoins(state).coins.size,
    balanceOf: (script) => balanceOf(tipCoins(state), script),
    mempool: () => [...state.pool.transactions.keys()],
    medianTimePast: () => medianTimePast(state.tip, chain.limits.medianTimeSpanBlocks),
    invalidate: (block) => {
      state = invalidate(state, hash(block), judges)
    },
    reconsider: (block) => {
      state = reconsider(state, hash(block), judges)
    },
    faultsOf(block, now) {
      const decoded = decodeBlock(block)
      if (!decoded.ok) return []
      return [...diagnoseBlock(state, decoded.value, now)].map(
        ({ rule, broken }) => rule.reason + (broken.suffix ?? ''),
      )
    },
    placeOf(header) {
      const decoded = header === undefined ? undefined : decodeHeader(header)
      if (decoded?.ok === false) return undefined
      const parent = decoded === undefined ? state.tip : state.headers.get(decoded.value.previous)
      if (parent === undefined) return undefined
      const named = decoded === undefined ? {} : { hash: blockHash(decoded.value) }
      const { features } = resolve({ chain, parent, ...named }, state.upgrades)
      return { parent: parent.hash, height: parent.height + 1, features: [...features] }
    },
  }
}

function isEverInForce({ deployment }: Upgrade): boolean {
  return typeof deployment === 'string' || deployment.kind !== 'never'
}
