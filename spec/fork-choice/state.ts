import { Map as PersistentMap } from 'immutable'
import type { Chain } from '../chains/index.ts'
import { blockHash } from '../encoding/index.ts'
import { type Ask, askRule, type Violation } from '../language/index.ts'
import { EMPTY_POOL, type Pool, type PoolContext } from '../mempool/index.ts'
import type { Upgrade } from '../upgrades/index.ts'
import { UPGRADES } from '../upgrades/index.ts'
import type { Block, Branch, Hash, Header } from '../vocabulary/index.ts'
import { height, workOf } from '../vocabulary/index.ts'
import { type CoinSet, coinAt, NO_COINS } from './coins.ts'

/** Why a block cannot be part of the active chain. */
export type Failure =
  | { readonly kind: 'rule'; readonly violation: Violation }
  | { readonly kind: 'ancestor' | 'operator' }

/** All that a node knows of one chain; every change makes a new state. */
export interface ForkState {
  readonly chain: Chain
  readonly upgrades: readonly Upgrade[]
  /** How rules are asked. */
  readonly ask: Ask
  /** Headers whose rules hold, by block hash: a tree by their parents. */
  readonly headers: PersistentMap<Hash, Branch>
  readonly children: PersistentMap<Hash, readonly Hash[]>
  /** Blocks whose rules hold but for what they spend. */
  readonly blocks: PersistentMap<Hash, Block>
  /** The order in which blocks came to hang, with nothing missing, from genesis. */
  readonly arrivals: PersistentMap<Hash, number>
  /** Blocks that wait for one below them, by their parent, in the order in which they came. [Core m_blocks_unlinked] */
  readonly waiting: PersistentMap<Hash, readonly Hash[]>
  /** Blocks that failed, and everything above them. */
  readonly failures: PersistentMap<Hash, Failure>
  /** The coins after each block that was ever connected. */
  readonly coins: PersistentMap<Hash, CoinSet>
  /** The block on which the active chain ends. */
  readonly tip: Branch
  /** Unconfirmed transactions. */
  readonly pool: Pool
}

/** A chain with only its genesis block. The genesis outputs are not coins: they cannot be spent. */
export function openChain(
  chain: Chain,
  upgrades: readonly Upgrade[] = UPGRADES,
  ask: Ask = askRule,
): ForkState {
  const genesis = genesisOf(chain)
  const at = genesis.hash
  return {
    chain,
    upgrades,
    ask,
    headers: PersistentMap([[at, genesis]]),
    children: PersistentMap(),
    blocks: PersistentMap([[at, chain.genesis]]),
    arrivals: PersistentMap([[at, 0]]),
    waiting: PersistentMap(),
    failures: PersistentMap(),
    coins: PersistentMap([[at, NO_COINS]]),
    tip: genesis,
    pool: EMPTY_POOL,
  }
}

/** The coins after the tip. */
export function tipCoins({ coins, tip }: ForkState): CoinSet {
  return coins.get(tip.hash)!
}

/** What an unconfirmed transaction is judged against: the next block on the tip. */
export function poolContext(state: ForkState): PoolContext {
  const { chain, upgrades, ask, tip } = state
  const coins = tipCoins(state)
  return { chain, upgrades, ask, tip, coinAt: (outpoint) => coinAt(coins, outpoint) }
}

/** The first block of a chain as the root of its tree. */
export function genesisOf(chain: Chain): Branch {
  const { header } = chain.genesis
  return { hash: blockHash(header), header, height: height(0), chainWork: workOf(header.bits) }
}

/** Whether all rules of the block on top of `parent` are specified here. */
export function isSpecified({ specifiedBelowHeight }: Chain, parent: Branch): boolean {
  return specifiedBelowHeight === undefined || parent.height + 1 < specifiedBelowHeight
}

/** A header on top of its parent. */
export function extend(parent: Branch, header: Header): Branch {
  return {
    hash: blockHash(header),
    header,
    height: height(parent.height + 1),
    chainWork: parent.chainWork + workOf(header.bits),
    parent,
  }
}

/** Whether `branch` is part of the active chain. */
export function isActive({ tip }: ForkState, branch: Branch): boolean {
  let at: Branch | undefined = tip
  while (at !== undefined && at.height > branch.height) at = at.parent
  return at?.hash === branch.hash
}
