import {
  type Branch,
  type Chain,
  type Deployment,
  datesOf,
  genesisHash,
  hash,
  height,
  type Position,
  type Resolved,
  resolve,
  rulesInForce,
  stateOf,
  UPGRADES,
  type Upgrade,
} from '../../../../spec/index.ts'
import { UsageError } from '../../usage-error.ts'
import { knownBlocks } from './known-blocks.ts'

const HEIGHT_MAX = 0x7fffffff

/** What is in force for one block, as plain data. */
export interface RuleSet {
  readonly chain: string
  readonly height: number
  readonly block?: string
  /** Whether these are all rules there; false where the chain has some that are not specified here. */
  readonly isComplete: boolean
  /** From this height on the chain has rules that are not specified here. */
  readonly specifiedBelowHeight?: number
  readonly upgrades: readonly {
    readonly id: string
    readonly state: string
    readonly text: string
    /** The upgrade is not active yet, and its scripts are judged all the same. */
    readonly scriptsFromGenesis?: true
  }[]
  /** The features that the script machine runs under. */
  readonly features: readonly string[]
  readonly rules: readonly {
    readonly stage: string
    readonly id: string
    readonly reason: string
    readonly must: string
    readonly sources: readonly string[]
  }[]
}

/** The rules for the block at a height, or for a block whose name a rule knows. @throws UsageError */
export function ruleSetAt(chain: Chain, at: string): RuleSet {
  const place = placeOf(chain, at)
  const parent = branchBelow(chain, place.height)
  const position = place.block === undefined ? { chain, parent } : { chain, parent, hash: hash(place.block) }
  const resolved = resolve(position)
  return {
    chain: chain.name,
    ...place,
    ...completenessOf(chain, place.height),
    upgrades: UPGRADES.map((upgrade) => ({
      id: upgrade.id,
      state: stateAt(upgrade, position),
      text: upgrade.text,
      ...(isEarly(upgrade, position) ? { scriptsFromGenesis: true as const } : {}),
    })),
    features: [...resolved.features],
    rules: rulesOf(resolved),
  }
}

/** `signalled`: its blocks decided, which changes nothing of what is in force. */
function stateAt(upgrade: Upgrade, position: Position): string {
  if (upgrade.isExempt?.(position) === true) return 'exempt'
  return isSignalled(datesOf(upgrade, position.chain).history) ? 'signalled' : stateOf(upgrade, position)
}

function isEarly(upgrade: Upgrade, position: Position): boolean {
  const { scripts, history } = datesOf(upgrade, position.chain)
  return scripts.kind !== history.kind && stateOf(upgrade, position) !== 'active'
}

function completenessOf({ specifiedBelowHeight }: Chain, at: number) {
  return specifiedBelowHeight === undefined
    ? { isComplete: true }
    : { isComplete: at < specifiedBelowHeight, specifiedBelowHeight }
}

function rulesOf(resolved: Resolved): RuleSet['rules'] {
  return [...rulesInForce(resolved)].map(({ stage, rule: { id, reason, must, sources } }) => ({
    stage,
    id,
    reason,
    must,
    sources,
  }))
}

function placeOf(chain: Chain, at: string): { height: number; block?: string } {
  if (/^\d{1,10}$/.test(at)) {
    const place = Number(at)
    if (place < 1 || place > HEIGHT_MAX)
      throw new UsageError(`--at ${at}: expected a height from 1 to ${HEIGHT_MAX}`)
    refuseSignalled(chain)
    return { height: place }
  }
  if (!/^[0-9a-f]{64}$/.test(at))
    throw new UsageError(`--at ${at}: expected a height, or a block hash of 64 hex digits`)
  const known = knownBlocks(chain.name).find(([, block]) => block === at)
  if (known === undefined)
    throw new UsageError(
      `--at ${at}: expected a block that ${chain.name}'s rules know by name; ask by height for any other`,
    )
  return { height: known[0], block: at }
}

/** Where miners signal, a height does not determine what is in force, unless the upgrade brought nothing but scripts that are judged from genesis on. */
function refuseSignalled(chain: Chain): void {
  for (const upgrade of UPGRADES) {
    const { scripts, history } = datesOf(upgrade, chain)
    const hasNoRules = (upgrade.rules ?? []).length === 0 && upgrade.adds === undefined
    if (!isSignalled(history) || (scripts.kind === 'always' && hasNoRules)) continue
    throw new UsageError(
      `--chain ${chain.name}: ${upgrade.id} depends on the blocks below (${history.kind}), a height alone does not determine its state`,
    )
  }
}

const isSignalled = ({ kind }: Deployment) => kind === 'bip9' || kind === 'bip8' || kind === 'time'

/** A branch up to the parent of that height, of which only the blocks are there that rules know by name. */
function branchBelow(chain: Chain, childHeight: number): Branch {
  const { header } = chain.genesis
  let branch: Branch = { hash: genesisHash(chain), header, height: height(0), chainWork: 0n }
  const named = knownBlocks(chain.name).filter(([known]) => known < childHeight - 1)
  for (const [known, block] of named)
    branch = { hash: hash(block), header, height: height(known), chainWork: 0n, parent: branch }
  if (childHeight === 1) return branch
  const own = knownBlocks(chain.name).find(([known]) => known === childHeight - 1)
  const parentHash = own === undefined ? hash('f'.repeat(64)) : hash(own[1])
  return { hash: parentHash, header, height: height(childHeight - 1), chainWork: 0n, parent: branch }
}
