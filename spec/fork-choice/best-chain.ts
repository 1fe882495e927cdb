import type { Violation } from '../language/index.ts'
import { resolve } from '../upgrades/index.ts'
import type { Branch, Hash } from '../vocabulary/index.ts'
import type { Judges } from './judge.ts'
import { moveTip } from './move-tip.ts'
import type { Failure, ForkState } from './state.ts'

/**
 * Makes the branch of most work the active chain. A block whose spending breaks a rule fails, with everything above
 * it, and the next best branch is tried from where the failed one ended. `newcomers` are the only blocks that can beat the tip, none of them
 * failed; without them every block is compared.
 */
export function activateBestChain(
  state: ForkState,
  judges: Judges,
  newcomers: readonly Branch[] | undefined,
): ForkState {
  let best = newcomers === undefined ? bestBlock(state) : newcomers.reduce(better(state), state.tip)
  let current = state
  for (;;) {
    const result = connectUpTo(current, best, judges)
    if (result.ok) return moveTip(result.state, best)
    const { hash, parent } = result.failed
    const reached = moveTip(result.state, parent!)
    current = markFailed(reached, hash, { kind: 'rule', violation: result.violation })
    best = bestBlock(current)
  }
}

/** A block fails for its own reason, everything above it with it. */
export function markFailed(state: ForkState, hash: Hash, failure: Failure): ForkState {
  const failures = state.failures.withMutations((draft) => {
    draft.set(hash, failure)
    for (const above of descendants(state, hash))
      if (!draft.has(above)) draft.set(above, { kind: 'ancestor' })
  })
  return { ...state, failures }
}

/** Every known header above a block, parents before children. */
export function descendants({ children }: ForkState, hash: Hash): readonly Hash[] {
  const found = [...children.get(hash, [])]
  for (const next of found) found.push(...children.get(next, []))
  return found
}

/** Of the blocks that hang from genesis with nothing missing and nothing failed, the one of most work. */
function bestBlock(state: ForkState): Branch {
  let best: Branch | undefined
  for (const hash of state.arrivals.keys()) {
    if (state.failures.has(hash)) continue
    const branch = state.headers.get(hash)!
    best = best === undefined ? branch : better(state)(best, branch)
  }
  return best!
}

/** More work wins; between equals the one that arrived first, which is convention, not consensus. [Core CBlockIndexWorkComparator] */
function better({ arrivals }: ForkState) {
  return (left: Branch, right: Branch): Branch => {
    if (left.chainWork !== right.chainWork) return left.chainWork > right.chainWork ? left : right
    return arrivals.get(left.hash)! <= arrivals.get(right.hash)! ? left : right
  }
}

type ConnectedUpTo =
  | { readonly ok: true; readonly state: ForkState }
  | { readonly ok: false; readonly state: ForkState; readonly failed: Branch; readonly violation: Violation }

/** Connects what is not connected yet on the way to `target`, lowest block first. */
function connectUpTo(state: ForkState, target: Branch, judges: Judges): ConnectedUpTo {
  let current = state
  for (const branch of unconnected(state, target)) {
    const { hash, parent } = branch
    const resolved = resolve({ chain: state.chain, parent: parent!, hash }, state.upgrades)
    const block = state.blocks.get(hash)!
    const result = judges.connect(resolved, block, parent!, current.coins.get(parent!.hash)!)
    if (!result.ok) return { ok: false, state: current, failed: branch, violation: result.violation }
    current = { ...current, coins: current.coins.set(hash, result.coins) }
  }
  return { ok: true, state: current }
}

function unconnected({ coins }: ForkState, target: Branch): readonly Branch[] {
  const path: Branch[] = []
  for (let at: Branch | undefined = target; at !== undefined && !coins.has(at.hash); at = at.parent)
    path.push(at)
  return path.reverse()
}
