import type { Deployment, DeploymentName } from '../../chains/index.ts'
import type { BlockNode, Chainstate } from '../../chainstate/index.ts'
import { FLAG } from '../../script-engine/index.ts'
import { hashToHex } from '../../wire/index.ts'
import { RawNumber } from '../json.ts'

/** Names in Core's order and spelling; those that Core reports as signalled for ever. [Core DeploymentInfo] */
const NAMES: readonly { readonly name: DeploymentName; readonly isSignalled?: true }[] = [
  { name: 'bip34' },
  { name: 'bip66' },
  { name: 'bip65' },
  { name: 'csv' },
  { name: 'segwit' },
  { name: 'taproot', isSignalled: true },
]
/** [Core Consensus::BIP9Deployment::ALWAYS_ACTIVE, NO_TIMEOUT] */
const ALWAYS_ACTIVE = {
  start_time: -1,
  timeout: new RawNumber('9223372036854775807'),
  min_activation_height: 0,
}

/** The soft forks of a chain for the child of a block. */
export function describeDeployments(block: BlockNode, chain: Chainstate): Record<string, unknown> {
  const described: Record<string, unknown> = {}
  for (const { name, isSignalled } of NAMES) {
    const deployment = chain.chain.deployments[name]
    if (deployment.kind === 'never') continue
    described[name] = isSignalled === true ? signalled(deployment) : buried(deployment, name, block, chain)
  }
  return described
}

function buried(deployment: Deployment, name: DeploymentName, block: BlockNode, chain: Chainstate) {
  return {
    type: 'buried',
    active: chain.activations.isActiveAfter(name, block),
    height: deployment.kind === 'height' ? deployment.height : name === 'segwit' ? 0 : 1,
  }
}

function signalled(deployment: Deployment) {
  if (deployment.kind !== 'always') return undefined
  const state = { status: 'active', since: 0, status_next: 'active' }
  return { type: 'bip9', height: 0, active: true, bip9: { ...ALWAYS_ACTIVE, ...state } }
}

/** Names of the script flags of a block itself, in alphabetical order. [Core GetScriptFlagNames] */
export function flagNames(block: BlockNode, { activations }: Chainstate): string[] {
  const activation = activations.after(block.previous ?? block)
  return namesOf(activations.flagsFor(() => hashToHex(block.hash), activation))
}

function namesOf(flags: number): string[] {
  return Object.entries(FLAG)
    .filter(([, flag]) => (flags & flag) !== 0)
    .map(([name]) => name)
    .sort()
}
