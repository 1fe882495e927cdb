import type { Chain, Deployment, Limits } from '../chains/index.ts'
import type { Checklist, InForce, Listed } from '../language/index.ts'
import { rulesOf } from '../language/index.ts'
import type { SignalDuty, SparedFeatures } from '../rules/index.ts'
import { stages } from '../rules/index.ts'
import type { Feature, ScriptExtension } from '../script/index.ts'
import type { Branch, Hash, Height } from '../vocabulary/index.ts'
import { height, NULL_HASH } from '../vocabulary/index.ts'
import { chainUnder } from './chain-under.ts'
import { composeExtensions } from './compose.ts'
import { UPGRADES } from './deployed.ts'
import { deploymentState } from './deployment.ts'
import type { SignalledState } from './signalling.ts'
import { isInForce } from './signalling.ts'
import type { AddedRules, Position, Upgrade } from './upgrade.ts'

/** What is in force at one place of one branch. */
export interface Resolved {
  readonly upgrades: readonly Upgrade[]
  readonly isInForce: InForce
  /** The features of the script machine there. */
  readonly features: ReadonlySet<Feature>
  readonly extension: ScriptExtension
  /** Features that spends of older coins are judged without. */
  readonly spared: readonly SparedFeatures[]
  readonly adds: readonly AddedRules[]
  readonly limits: Limits
  /** Deployments for which blocks have to signal there, so that miners take part in the lock-in. [BIP8] */
  readonly mustSignal: readonly SignalDuty[]
}

/** What is in force on top of `parent`: a function of the branch, never of a height alone. */
export function resolve(at: Position, known: readonly Upgrade[] = UPGRADES): Resolved {
  const upgrades = known.filter((upgrade) => isInForce(stateOf(upgrade, at)) && !upgrade.isExempt?.(at))
  const ruleSet = ruleSetOf(upgrades, known)
  const early = featuresAhead(at, known)
  const exceptions = at.hash === undefined ? undefined : at.chain.exceptions.get(at.hash)
  const features =
    early.length > 0 || exceptions !== undefined
      ? new Set([...ruleSet.features, ...early].filter((feature) => !exceptions?.includes(feature)))
      : ruleSet.features
  const spared = sparedBy(upgrades, at)
  const { limits } = chainUnder(at.chain, upgrades)
  return { ...ruleSet, upgrades, features, spared, limits, mustSignal: dutiesAt(at, known) }
}

/** What upgrades in force spare coins that were created below the height at which they came into force. */
function sparedBy(upgrades: readonly Upgrade[], at: Position): readonly SparedFeatures[] {
  return upgrades
    .filter((upgrade) => upgrade.sparesOlderCoins === true)
    .map((upgrade) => ({ features: upgrade.features ?? [], below: firstHeightOf(upgrade, at) }))
}

/** The height of the first block of this branch in which an upgrade was in force without a break until now. */
function firstHeightOf(upgrade: Upgrade, { chain, parent }: Position): Height {
  let first = parent
  while (first.parent !== undefined && isInForce(stateOf(upgrade, { chain, parent: first.parent })))
    first = first.parent
  return height(first.height + 1)
}

/** Features that apply although the deployment that brought them is not active yet. [Core GetBlockScriptFlags] */
function featuresAhead(at: Position, known: readonly Upgrade[]): readonly Feature[] {
  return known.flatMap((upgrade) => {
    const { scripts } = datesOf(upgrade, at.chain)
    return scripts.kind === 'always' && !isInForce(stateOf(upgrade, at)) ? (upgrade.fromGenesis ?? []) : []
  })
}

/** When an upgrade is in force: its scripts by consensus, and all of it as history saw it. */
export interface UpgradeDates {
  readonly scripts: Deployment
  readonly history: Deployment
}

/** The two dates of an upgrade; they differ where a chain judges scripts from genesis on. */
export function datesOf(upgrade: Upgrade, chain: Chain): UpgradeDates {
  const history = scheduleOf(upgrade, chain)
  const isEarly = chain.scriptsFromGenesis && upgrade.fromGenesis !== undefined && history.kind !== 'never'
  return { scripts: isEarly ? { kind: 'always' } : history, history }
}

/**
 * The features of the script machine when it judges an unconfirmed transaction on top of `parent`: every soft fork that is in
 * force there or may still come into force. What is accepted by those cannot turn invalid by an activation; what they
 * refuse may be in a block all the same, until then. [Core policy/policy.h MANDATORY_SCRIPT_VERIFY_FLAGS]
 */
export function resolveAhead(
  at: Position,
  known: readonly Upgrade[] = UPGRADES,
): Pick<Resolved, 'features' | 'extension'> {
  return ruleSetOf(
    known.filter((upgrade) => !['failed', 'expired', 'abandoned'].includes(stateOf(upgrade, at))),
    known,
  )
}

/**
 * What is in force in a block of which only the height is known, and perhaps the hash: soft forks that depend on what
 * its ancestors signal or on their times are taken as not in force.
 */
export function resolveAtHeight(
  chain: Chain,
  at: Height,
  hash?: Hash,
  known: readonly Upgrade[] = UPGRADES,
): Resolved {
  const header = { ...chain.genesis.header, time: 0 }
  const parent: Branch = { hash: NULL_HASH, header, height: height(Math.max(at - 1, 0)), chainWork: 0n }
  return resolve({ chain, parent, hash }, known)
}

/** Where an upgrade stands for the block on top of `parent`. */
export function stateOf(upgrade: Upgrade, { chain, parent }: Position): SignalledState {
  return deploymentState(scheduleOf(upgrade, chain), parent, chain.limits.medianTimeSpanBlocks)
}

function scheduleOf({ deployment }: Upgrade, chain: Chain): Deployment {
  return typeof deployment === 'string' ? chain.deployments[deployment] : deployment
}

/** BIP8 leaves as many blocks silent as lie between threshold and window, an expiring deployment none. */
function dutiesAt(at: Position, known: readonly Upgrade[]): readonly SignalDuty[] {
  return known.flatMap((upgrade) => {
    const schedule = scheduleOf(upgrade, at.chain)
    if (schedule.kind !== 'bip8' && schedule.kind !== 'expiring') return []
    if (stateOf(upgrade, at) !== 'must-signal') return []
    const { bit, window, threshold } = schedule
    return [{ bit, window, silentMax: schedule.kind === 'bip8' ? window - threshold : 0 }]
  })
}

/** The rules in force, in checking order, each with the stage at which it is asked. */
export function* rulesInForce({ isInForce, adds }: Resolved): Generator<StagedRule, void> {
  for (const [stage, checklist] of Object.entries(stages)) {
    const added = adds.map((part) => part[stage as keyof AddedRules] ?? [])
    for (const list of [checklist, ...added])
      for (const listed of rulesOf(list as Checklist<unknown, Limits>))
        if (isInForce(listed.rule.id)) yield { ...listed, stage }
  }
}

/** A rule, the stage at which it is asked, and the parts that lead to it. */
export type StagedRule = Listed<Limits> & { readonly stage: string }

type RuleSet = Pick<Resolved, 'isInForce' | 'features' | 'extension' | 'adds'>

/** The same upgrades give the same rules: they are composed once. */
function ruleSetOf(upgrades: readonly Upgrade[], known: readonly Upgrade[]): RuleSet {
  const key = upgrades.map((upgrade) => upgrade.id).join()
  const sets = composed.get(known) ?? new Map<string, RuleSet>()
  composed.set(known, sets)
  const before = sets.get(key)
  if (before !== undefined) return before
  const ruleSet = composeRules(upgrades, known)
  sets.set(key, ruleSet)
  return ruleSet
}

const composed = new WeakMap<readonly Upgrade[], Map<string, RuleSet>>()

function composeRules(upgrades: readonly Upgrade[], known: readonly Upgrade[]): RuleSet {
  const rulesBy = (some: readonly Upgrade[]) =>
    some.flatMap((upgrade) => upgrade.rules ?? []).map((rule) => rule.id)
  const superseded = new Set(upgrades.flatMap((upgrade) => upgrade.supersedes ?? []))
  const brought = new Set(rulesBy(upgrades))
  const off = new Set([...superseded, ...rulesBy(known).filter((id) => !brought.has(id))])
  return {
    isInForce: (ruleId) => !off.has(ruleId),
    features: new Set(upgrades.flatMap((upgrade) => upgrade.features ?? [])),
    extension: composeExtensions(upgrades),
    adds: upgrades.flatMap((upgrade) => upgrade.adds ?? []),
  }
}
