import type { BlockSource, CompiledBlock } from '../scenario/index.ts'
import { pick } from './choices.ts'
import type { Draft } from './draft.ts'
import { makePair, type Opening } from './pairs.ts'

type UpgradeId = keyof Draft['chain']['deployments']

/** What one soft fork's rules judge otherwise: most of it is good before and bad thereafter. */
const SENSITIVE: readonly (readonly [UpgradeId, Opening])[] = [
  ['bip16', { lock: { script: '0', wrap: 'p2sh' } }],
  ['bip16', { lock: { script: 'CHECKSIG', wrap: 'p2sh' }, unlock: { script: '0 0' } }],
  ['bip65', { lock: { script: '12 CHECKLOCKTIMEVERIFY DROP 1' } }],
  ['bip65', { lock: { script: '1 CHECKLOCKTIMEVERIFY DROP 1' }, lockTime: 1, sequence: 0xffffffff }],
  // A negative number in the signature is not as BIP66 wants it written.
  ['bip66', { lock: { script: '<alice> CHECKSIG NOT' }, unlock: { scriptSig: '09300602018002010101' } }],
  ['csv', { lock: { script: '2 CHECKSEQUENCEVERIFY DROP 1' }, sequence: 1 }],
  ['csv', { lock: 'anyone', sequence: 7 }],
  ['csv', { lock: 'anyone', sequence: 0x400001 }],
  ['segwit', { lock: { script: '0', wrap: 'p2wsh' }, unlock: { witness: [] } }],
  ['segwit', { lock: { key: 'bob', type: 'p2wpkh' }, unlock: { witness: [] } }],
  ['segwit', { lock: { key: 'bob', type: 'p2wpkh' } }],
  ['segwit', { lock: { script: '1', wrap: 'p2wsh' } }],
  ['segwit', { lock: { script: '1 <alice> <bob> 2 CHECKMULTISIG NOT' }, unlock: { scriptSig: '5100' } }],
  ['taproot', { lock: { script: '0', wrap: 'p2tr' } }],
  ['taproot', { lock: { script: '1', wrap: 'p2tr' }, unlock: { witness: [] } }],
  ['taproot', { lock: { key: 'alice', type: 'p2tr' }, unlock: { keys: ['bob'] } }],
  ['taproot', { lock: { key: 'alice', type: 'p2tr' } }],
]

/** Two branches that part before a soft fork is in force, and one transaction that both want. */
export interface Straddle {
  /** Makes the coin and opens it. */
  readonly pair: readonly [maker: string, opener: string]
  /** The opener is in a block before the soft fork is in force. */
  readonly before: readonly string[]
  /** The opener is in a block, the last but one, in which it is in force; the last stands beside it and has no opener. */
  readonly after: readonly string[]
}

/** Soft forks that are further away are not waited for. */
const BLOCKS_MAX = 30
const DEPTH_MAX = 40

/** Branches on both sides of an activation near `tip`; undefined where none is near. */
export function planStraddle(
  draft: Draft,
  tip: CompiledBlock,
  choice: number,
  timed: (parent: CompiledBlock, block: BlockSource) => BlockSource,
): Straddle | undefined {
  const { deployments } = draft.chain
  const near = SENSITIVE.filter(([id]) => ['height', 'time', 'bip9'].includes(deployments[id].kind))
  if (near.length === 0) return undefined
  const [id, opening] = pick(near, choice)
  const isActiveAbove = (block: CompiledBlock) => draft.activations.above(block).has(id)
  const base = lastBefore(draft, tip, isActiveAbove)
  const pair = base && makePair(draft, base, opening)
  if (pair === undefined) return undefined
  const [maker, opener] = pair
  const next = (parent: CompiledBlock, transactions: string[] = []) =>
    draft.addBlock(timed(parent, { extends: parent.name, transactions }))
  const common = next(base!, [maker])
  if (isActiveAbove(common)) return undefined
  const before = [common, next(common, [opener])]
  const after = [common]
  for (let top = common; !isActiveAbove(top); after.push(top)) {
    if (after.length > BLOCKS_MAX) return undefined
    top = next(top)
  }
  const edge = after.at(-1)!
  after.push(next(edge, [opener]), next(edge))
  return { pair, before: before.map(({ name }) => name), after: after.map(({ name }) => name) }
}

/** The highest block at or under `tip` with room for one more above it before the soft fork is in force. */
function lastBefore(
  draft: Draft,
  tip: CompiledBlock,
  isActiveAbove: (block: CompiledBlock) => boolean,
): CompiledBlock | undefined {
  if (!isActiveAbove(tip)) return tip
  let at = tip
  for (let depth = 0; depth < DEPTH_MAX && at.parent !== undefined; depth++) {
    const isAbove = isActiveAbove(at)
    at = draft.items.block(at.parent)
    // The one under it, so that the coin is made before, too.
    if (isAbove && !isActiveAbove(at))
      return at.parent === undefined ? undefined : draft.items.block(at.parent)
  }
  return undefined
}
