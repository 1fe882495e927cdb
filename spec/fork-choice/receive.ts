import {
  blockHash,
  type Decoded,
  decodeBlockMessage,
  decodeHeader,
  decodeLeadingHeader,
} from '../encoding/index.ts'
import {
  everyRule,
  first,
  rejection,
  rejectionClass,
  UNKNOWN,
  undecodable,
  type Verdict,
  violationsOf,
} from '../language/index.ts'
import { parentKnown } from '../rules/index.ts'
import { resolve } from '../upgrades/index.ts'
import type { Block, Branch, Hash, Header } from '../vocabulary/index.ts'
import { activateBestChain, markFailed } from './best-chain.ts'
import type { Judges } from './judge.ts'
import { contextFreeHeaderViolations, createJudges, headerViolations } from './judge.ts'
import { extend, type ForkState, isActive, isSpecified } from './state.ts'

/** A new state, and what is said about the item that led to it. */
export interface Received {
  readonly state: ForkState
  readonly verdict: Verdict
}

/** Judges a header, given as 80 bytes or decoded; `now` is Unix time in seconds. */
export function receiveHeader(state: ForkState, item: Uint8Array | Header, now: number): Received {
  const decoded = decodedItem(item, decodeHeader)
  if (!decoded.ok) return { state, verdict: undecodable(decoded.error.problem) }
  const header = decoded.value
  const known = verdictOnKnown(state, blockHash(header), state.headers)
  if (known !== undefined) return { state, verdict: known }
  const violation = first(contextFreeHeaderViolations(state.chain, header, state.ask))
  if (violation !== undefined) return { state, verdict: rejection(violation) }
  const placed = placeHeader(state, header, now)
  return placed.ok
    ? { state: placed.state, verdict: { outcome: 'stored' } }
    : { state, verdict: placed.verdict }
}

/**
 * Judges a block, given as bytes or decoded, and follows the best chain; `now` is Unix time in seconds. What a block
 * breaks by itself comes before what is known of its hash: the bytes may be others. [Core ProcessNewBlock]
 */
export function receiveBlock(
  state: ForkState,
  item: Uint8Array | Block,
  now: number,
  judges: Judges = createJudges(state.ask),
): Received {
  const unspecified = verdictOnUnspecified(state, item, now)
  if (unspecified !== undefined) return { state, verdict: unspecified }
  const decoded = decodedItem(item, decodeBlockMessage)
  if (!decoded.ok) return { state, verdict: undecodable(decoded.error.problem) }
  const block = decoded.value
  const violation = judges.contextFree(state.chain, block)
  if (violation !== undefined) return { state, verdict: rejection(violation) }
  const known = verdictOnKnown(state, blockHash(block.header), state.blocks)
  if (known !== undefined) return { state, verdict: known }
  const placed = placeHeader(state, block.header, now)
  return placed.ok
    ? storeBlock(placed.state, placed.branch, block, judges)
    : { state, verdict: placed.verdict }
}

/** Where blocks have rules, or bytes, that are not specified here, only their headers are judged. */
function verdictOnUnspecified(state: ForkState, item: Uint8Array | Block, now: number): Verdict | undefined {
  const decoded = decodedItem(item instanceof Uint8Array ? item : item.header, decodeLeadingHeader)
  if (!decoded.ok) return undefined
  const parent = state.headers.get(decoded.value.previous)
  if (parent === undefined || isSpecified(state.chain, parent)) return undefined
  const { verdict } = receiveHeader(state, decoded.value, now)
  return verdict.outcome === 'stored' || verdict.outcome === 'duplicate' ? UNKNOWN : verdict
}

/** What is said about an item that is held already, or that failed before. */
function verdictOnKnown(
  { failures }: ForkState,
  hash: Hash,
  held: { has(hash: Hash): boolean },
): Verdict | undefined {
  const failure = failures.get(hash)
  if (failure?.kind === 'ancestor') return { outcome: 'invalid-ancestor', reason: 'duplicate-invalid' }
  if (failure !== undefined) return { outcome: 'rejected', class: 'invalid', reason: 'duplicate-invalid' }
  return held.has(hash) ? { outcome: 'duplicate', reason: 'duplicate' } : undefined
}

type Placed =
  | { readonly ok: true; readonly state: ForkState; readonly branch: Branch }
  | { readonly ok: false; readonly verdict: Verdict }

/** Puts a header into the tree when its rules hold. A header that is there is not judged again. */
function placeHeader(state: ForkState, header: Header, now: number): Placed {
  const known = state.headers.get(blockHash(header))
  if (known !== undefined) return { ok: true, state, branch: known }
  const parent = state.headers.get(header.previous)
  const missing = first(
    violationsOf([parentKnown], { header, parent }, state.chain.limits, everyRule, state.ask),
  )
  if (missing !== undefined) return { ok: false, verdict: rejection(missing) }
  if (state.failures.has(header.previous))
    return { ok: false, verdict: { outcome: 'invalid-ancestor', reason: 'bad-prevblk' } }
  const branch = extend(parent!, header)
  const resolved = resolve({ chain: state.chain, parent: parent!, hash: branch.hash }, state.upgrades)
  const violation = first(headerViolations(resolved, header, parent!, now, state.ask))
  if (violation !== undefined) return { ok: false, verdict: rejection(violation) }
  const siblings = state.children.get(header.previous, [])
  const headers = state.headers.set(branch.hash, branch)
  const children = state.children.set(header.previous, [...siblings, branch.hash])
  return { ok: true, state: { ...state, headers, children }, branch }
}

/** Keeps a block when its rules on its parent hold, and follows the best chain. */
function storeBlock(state: ForkState, branch: Branch, block: Block, judges: Judges): Received {
  const { hash, parent } = branch
  const resolved = resolve({ chain: state.chain, parent: parent!, hash }, state.upgrades)
  const violation = judges.onParent(resolved, block, parent!)
  if (violation !== undefined) {
    const isMutated = rejectionClass(violation) === 'mutated'
    const after = isMutated ? state : markFailed(state, hash, { kind: 'rule', violation })
    return { state: after, verdict: rejection(violation) }
  }
  const { state: linked, newcomers } = link({ ...state, blocks: state.blocks.set(hash, block) }, branch)
  const candidates = newcomers.filter((newcomer) => !linked.failures.has(newcomer.hash))
  const after = candidates.length > 0 ? activateBestChain(linked, judges, candidates) : linked
  return { state: after, verdict: verdictOnStored(after, branch) }
}

function verdictOnStored(state: ForkState, branch: Branch): Verdict {
  const failure = state.failures.get(branch.hash)
  if (failure?.kind === 'rule') return rejection(failure.violation)
  if (failure !== undefined) return { outcome: 'invalid-ancestor' }
  return { outcome: isActive(state, branch) ? 'connected' : 'stored' }
}

/**
 * Numbers a block that hangs from genesis with nothing missing, and the blocks that waited for it, parents before
 * children, siblings as they came. [Core ReceivedBlockTransactions]
 */
function link(state: ForkState, branch: Branch): { state: ForkState; newcomers: readonly Branch[] } {
  const { hash, parent } = branch
  if (!state.arrivals.has(parent!.hash)) {
    const waiting = state.waiting.update(parent!.hash, [], (siblings) => [...siblings, hash])
    return { state: { ...state, waiting }, newcomers: [] }
  }
  const newcomers = [branch]
  for (const { hash } of newcomers)
    newcomers.push(...state.waiting.get(hash, []).map((above) => state.headers.get(above)!))
  const arrivals = state.arrivals.withMutations((draft) => {
    for (const { hash } of newcomers) draft.set(hash, draft.size)
  })
  const waiting = state.waiting.deleteAll(newcomers.map(({ hash }) => hash))
  return { state: { ...state, arrivals, waiting }, newcomers }
}

function decodedItem<Value>(
  item: Uint8Array | Value,
  decode: (bytes: Uint8Array) => Decoded<Value>,
): Decoded<Value> {
  return item instanceof Uint8Array ? decode(item) : { ok: true, value: item }
}
