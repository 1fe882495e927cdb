import type { ChainParameters, Deployment, DeploymentName } from '../chains/index.ts'
import { FLAG, flagsFromNames } from '../script-engine/index.ts'
import { type DeploymentState, DeploymentStates } from './deployment-state.ts'
import { medianTimePast } from './median-time.ts'
import type { ChainLink } from './proof-of-work.ts'

/** The rules that hold for the child of some block. */
export interface Activation {
  /** Flags of the script machine; a block named in the chain's exceptions has fewer. */
  readonly flags: number
  /** Those and the flags of every fork that may still come into force: what may wait for a block must satisfy them. */
  readonly flagsToCome: number
  /** Lock times are compared with the median time of the parent, and sequences lock. [BIP68, BIP112, BIP113] */
  readonly csv: boolean
  /** Blocks commit to witnesses. [BIP141] */
  readonly segwit: boolean
  /** The coinbase begins with the height. [BIP34] */
  readonly heightInCoinbase: boolean
  /** Blocks of a lower version are refused. [BIP34, BIP66, BIP65; Litecoin Core ContextualCheckBlockHeader] */
  readonly versionMin: number
  /** Bits that a miner sets in the version, for soft forks under way. [BIP9; Core ComputeBlockVersion] */
  readonly versionBits: number
  /** Bits without which the block is refused; 0 for none. [BIP8 §Mandatory signalling] */
  readonly versionBitsNeeded: number
}

/** Says which rules hold where: a function of the branch below a block. [Core GetBlockScriptFlags, DeploymentActiveAfter] */
export class Activations {
  readonly #chain: ChainParameters
  readonly #signalled: ReadonlyMap<string, DeploymentStates>
  readonly #exceptions: ReadonlyMap<string, number>
  readonly #contexts = new Map<number, Activation>()

  constructor(chain: ChainParameters) {
    this.#chain = chain
    const signalled = new Map<string, DeploymentStates>()
    const { testDummy } = chain
    const all: Record<string, Deployment> = { ...chain.deployments, ...(testDummy && { testDummy }) }
    for (const [name, deployment] of Object.entries(all))
      if (deployment.kind === 'bip9' || deployment.kind === 'bip8')
        signalled.set(name, new DeploymentStates(deployment, chain.limits.medianTimeSpan))
    this.#signalled = signalled
    this.#exceptions = new Map([...chain.exceptions].map(([hash, names]) => [hash, flagsFromNames(names)]))
  }

  /** The rules for the child of `parent`. */
  after(parent: ChainLink): Activation {
    let bits = 0
    for (let i = 0; i < ORDER.length; i++) if (this.#isActive(ORDER[i]!, parent)) bits |= 1 << i
    let context = this.#contexts.get(bits)
    if (context === undefined) {
      context = contextOf((name) => (bits & (1 << ORDER.indexOf(name))) !== 0, this.#chain)
      this.#contexts.set(bits, context)
    }
    return this.#signalled.size === 0 ? context : this.#underWay(context, parent)
  }

  /** Whether one soft fork holds for the child of `parent`. */
  isActiveAfter(name: DeploymentName, parent: ChainLink): boolean {
    return this.#isActive(name, parent)
  }

  /** How a fork that is voted on stands; undefined for others. */
  votesOn(name: DeploymentName | 'testDummy'): DeploymentStates | undefined {
    return this.#signalled.get(name)
  }

  /** Flags for the scripts of the very block of this hash, written as people write it. */
  flagsFor(blockHash: () => string, activation: Activation): number {
    if (this.#exceptions.size === 0) return activation.flags
    return activation.flags & ~(this.#exceptions.get(blockHash()) ?? 0)
  }

  /** What depends on more than which deployments are active: signals, and forks that have failed. */
  #underWay(context: Activation, parent: ChainLink): Activation {
    let versionBits = 0
    let versionBitsNeeded = 0
    const failed = new Set<string>()
    for (const [name, states] of this.#signalled) {
      const state = states.stateAfter(parent)
      if (state === 'failed') failed.add(name)
      if (UNDER_WAY.has(state)) versionBits |= states.mask
      if (states.mustSignalAfter(parent)) versionBitsNeeded |= states.mask
    }
    if (versionBits === 0 && failed.size === 0) return context
    const flagsToCome =
      failed.size === 0
        ? context.flagsToCome
        : flagsOf((name) => mayCome(name, this.#chain) && !failed.has(name), this.#chain)
    return { ...context, flagsToCome, versionBits, versionBitsNeeded }
  }

  #isActive(name: DeploymentName, parent: ChainLink): boolean {
    const deployment = this.#chain.deployments[name]
    switch (deployment.kind) {
      case 'always':
        return true
      case 'never':
        return false
      case 'height':
        return parent.height + 1 >= deployment.height
      case 'time':
        return medianTimePast(parent, this.#chain.limits.medianTimeSpan) >= deployment.medianTime
      case 'bip9':
      case 'bip8':
        return this.#signalled.get(name)!.stateAfter(parent) === 'active'
    }
  }
}

const ORDER: readonly DeploymentName[] = ['bip16', 'bip34', 'bip65', 'bip66', 'csv', 'segwit', 'taproot']
const UNDER_WAY: ReadonlySet<DeploymentState> = new Set(['started', 'must-signal', 'locked-in'])

function contextOf(isActive: (name: DeploymentName) => boolean, chain: ChainParameters): Activation {
  let versionMin = -0x80000000
  if (isActive('bip34')) versionMin = 2
  if (isActive('bip66')) versionMin = 3
  if (isActive('bip65')) versionMin = 4
  if (chain.minVersionWithSegwit > 0 && isActive('segwit'))
    versionMin = Math.max(versionMin, chain.minVersionWithSegwit)
  return {
    flags: flagsOf(isActive, chain),
    flagsToCome: flagsOf((name) => mayCome(name, chain), chain),
    csv: isActive('csv'),
    segwit: isActive('segwit'),
    heightInCoinbase: isActive('bip34'),
    versionMin,
    versionBits: 0,
    versionBitsNeeded: 0,
  }
}

function mayCome(name: DeploymentName, { deployments }: ChainParameters): boolean {
  return deployments[name].kind !== 'never'
}

function flagsOf(isIn: (name: DeploymentName) => boolean, chain: ChainParameters): number {
  const judges = (name: DeploymentName) => isIn(name) || (chain.scriptsFromGenesis && mayCome(name, chain))
  let flags = 0
  if (judges('bip16')) flags |= FLAG.P2SH
  if (isIn('bip66')) flags |= FLAG.DERSIG
  if (isIn('bip65')) flags |= FLAG.CHECKLOCKTIMEVERIFY
  if (isIn('csv')) flags |= FLAG.CHECKSEQUENCEVERIFY
  if (isIn('segwit')) flags |= FLAG.NULLDUMMY
  if (judges('segwit')) flags |= FLAG.WITNESS
  if (judges('taproot')) flags |= FLAG.TAPROOT
  return flags
}
