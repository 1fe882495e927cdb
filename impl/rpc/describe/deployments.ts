import type { Deployment, DeploymentName } from '../../chains/index.ts'
import type { BlockNode, Chainstate } from '../../chainstate/index.ts'
import { FLAG } from '../../script-engine/index.ts'
import { hashToHex } from '../../wire/index.ts'
import { describeAlways, describeVote } from './vote-json.ts'

/** Names in Core's order and spelling of those that it keeps as heights. [Core DeploymentInfo] */
const NAMES: readonly DeploymentName[] = ['bip34', 'bip66', 'bip65', 'csv', 'segwit']

/** The soft forks of a chain for the child of a block. */
export function describeDeployments(block: BlockNode, chain: Chainstate): Record<string, unknown> {
  const described: Record<string, unknown> = {}
  const { deployments, testDummy } = chain.chain
  for (const name of NAMES)
    if (deployments[name].kind !== 'never') described[name] = buried(deployments[name], name, block, chain)
  if (testDummy !== undefined && testDummy.kind !== 'never')
    described.testdummy = signalled('testDummy', testDummy, block, chain)
  if (deployments.taproot.kind !== 'never')
    described.taproot = signalled('taproot', deployments.taproot, block, chain)
  return described
}

function buried(deployment: Deployment, name: DeploymentName, block: BlockNode, chain: Chainstate) {
  return {
    type: 'buried',
    active: chain.activations.isActiveAfter(name, block),
    height: deployment.kind === 'height' ? deployment.height : name === 'segwit' ? 0 : 1,
  }
}

function signalled(
  name: 'taproot' | 'testDummy',
  deployment: Deployment,
  block: BlockNode,
  { activations }: Chainstate,
) {
  const states = activations.votesOn(name)
  if (states !== undefined && deployment.kind === 'bip9') return describeVote(deployment, states, block)
  return deployment.kind === 'always' ? describeAlways() : undefined
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
