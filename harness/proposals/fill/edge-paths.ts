import { delivered, type Ground, tipOf } from '../../conformance/index.ts'
import type { BlockSource, CompiledBlock } from '../../scenario/index.ts'
import type { EdgeChain } from './edge-chain.ts'

/** Deliveries of which the last one says whether a draft allows something where and when it is. */
export interface EdgePath {
  /** `before`, `at-after-reorganisation`: where the last block stands. */
  readonly when: string
  readonly isAllowed: boolean
  readonly path: Ground
}

/** What a block of a path holds that the draft may forbid; by the height of that block. */
export type Load = (height: number) => Partial<BlockSource>

/** Empty blocks around an activation, shared by all paths: the last is the second after the draft has expired, or the first in which it is in force. */
export type Ladder = readonly Ground[]

/** The ladder above a trunk that ends two blocks below the activation. */
export function ladderOn(chain: EdgeChain, trunk: Ground): Ladder {
  const ladder = [trunk]
  const top = chain.until ?? chain.from
  for (let height = chain.from - 1; height <= top; height++) ladder.push(chain.onTop(ladder.at(-1)!))
  return ladder
}

/** The last block below, the first and the second in which a draft is in force; and both sides again after a reorganisation. */
export function* pathsOver(
  chain: EdgeChain,
  [trunk, last, first]: Ladder,
  load: Load,
  isForbidden: boolean,
): Generator<EdgePath> {
  const { from } = chain
  const before = chain.onTop(trunk!, load(from - 1))
  const at = chain.onTop(last!, load(from))
  const after = chain.onTop(first!, load(from + 1))
  const isAllowed = !isForbidden
  yield { when: 'before', isAllowed: true, path: before }
  yield { when: 'at', isAllowed, path: at }
  yield { when: 'after', isAllowed, path: after }
  // What was found valid below the activation comes again above it.
  yield {
    when: 'valid-then-after',
    isAllowed,
    path: follow(before, [tipOf(last!), tipOf(first!), tipOf(after)]),
  }
  // What was found invalid comes again below the activation, on a branch that wins.
  if (isForbidden)
    yield {
      when: 'invalid-then-before',
      isAllowed: true,
      path: follow(at, [tipOf(before), tipOf(chain.onTop(before))]),
    }
}

/** The last block in which an expiring draft is in force, the first in which it is not, and what was refused in the one comes again in the other. */
export function* pathsOverExpiry(
  chain: EdgeChain,
  [below, last]: readonly [Ground, Ground],
  load: Load,
  isForbidden: boolean,
): Generator<EdgePath> {
  const until = chain.until!
  const inForce = chain.onTop(below, load(until - 1))
  const over = chain.onTop(last, load(until))
  yield { when: 'last', isAllowed: !isForbidden, path: inForce }
  yield { when: 'expired', isAllowed: true, path: over }
  if (isForbidden)
    yield {
      when: 'invalid-then-expired',
      isAllowed: true,
      path: follow(inForce, [tipOf(last), tipOf(over)]),
    }
}

/** Coins of their own, which are made while the draft is in force: a draft that spares older ones judges these. */
export function* pathsOfNewCoins(
  chain: EdgeChain,
  [trunk, last, first]: Ladder,
  [maker, spender]: readonly [string, string],
  isForbidden: boolean,
): Generator<EdgePath> {
  const isAllowed = !isForbidden
  const made = chain.onTop(last!, { transactions: [maker] })
  const after = chain.onTop(made, { transactions: [spender] })
  const older = chain.onTop(trunk!, { transactions: [maker, spender] })
  yield { when: 'new-coin-at', isAllowed, path: chain.onTop(last!, { transactions: [maker, spender] }) }
  yield { when: 'new-coin-after', isAllowed, path: after }
  yield {
    when: 'new-coin-valid-then-after',
    isAllowed,
    path: follow(older, [tipOf(last!), tipOf(made), tipOf(after)]),
  }
  // A coin that is older on one branch is new on the other: it is spared there only.
  const lateMade = chain.onTop(first!, { transactions: [maker] })
  yield {
    when: 'new-coin-made-later',
    isAllowed,
    path: chain.onTop(lateMade, { transactions: [spender] }),
  }
  if (chain.until === undefined) return
  let below = made
  for (let height = chain.from + 1; height < chain.until - 1; height++) below = chain.onTop(below)
  const load = () => ({ transactions: [spender] })
  yield* pathsOverExpiry(chain, [below, chain.onTop(below)], load, isForbidden)
}

/** Blocks that are there already, delivered one after the other. */
function follow(ground: Ground, blocks: readonly CompiledBlock[]): Ground {
  const path = [...ground]
  for (const block of blocks) path.push(delivered(block, path))
  return path
}
