import type { ChainParameters, Deployment, DeploymentName } from '../chains/index.ts'
import { type Settings, SettingsError } from './settings.ts'
import { withVotes } from './vote-options.ts'

/** A chain by its name in options, in our own table, and the folder of its data. */
export interface ChainChoice {
  /** As `-chain` and `getblockchaininfo` spell it. */
  readonly name: string
  readonly builtIn: string
  readonly folder: string
}

const CHAINS: readonly ChainChoice[] = [
  { name: 'main', builtIn: 'bitcoin', folder: '' },
  { name: 'test', builtIn: 'testnet3', folder: 'testnet3' },
  { name: 'testnet4', builtIn: 'testnet4', folder: 'testnet4' },
  { name: 'signet', builtIn: 'signet', folder: 'signet' },
  { name: 'regtest', builtIn: 'regtest', folder: 'regtest' },
]
const FLAGS = { regtest: 'regtest', testnet: 'test', testnet4: 'testnet4', signet: 'signet' } as const

/** The chain that options ask for; undefined for a name that may be a chain file's. Throws SettingsError. */
export function chooseChain(settings: Settings): ChainChoice | undefined {
  const asked = Object.entries(FLAGS).filter(([flag]) => settings.flag(flag as keyof typeof FLAGS))
  const named = settings.text('chain')
  if (asked.length + (named === undefined ? 0 : 1) > 1)
    throw new SettingsError(
      'Invalid combination of -regtest, -signet, -testnet, -testnet4 and -chain. Can use at most one.',
    )
  const name = named ?? asked[0]?.[1] ?? 'main'
  return CHAINS.find((chain) => chain.name === name)
}

/** Core's names of soft forks in options. */
const FORKS: Readonly<Record<string, DeploymentName>> = {
  segwit: 'segwit',
  bip34: 'bip34',
  dersig: 'bip66',
  cltv: 'bip65',
  csv: 'csv',
}

const TEST_OPTIONS = ['testactivationheight', 'vbparams', 'test'] as const
const PUBLIC_CHAINS: ReadonlySet<string> = new Set(['bitcoin', 'testnet3', 'testnet4', 'signet'])

/** The chain with what test options change of it. Throws SettingsError. */
export function adjustChain(chain: ChainParameters, settings: Settings): ChainParameters {
  refuseOnPublicChains(chain, settings)
  const votes = settings.list('vbparams')
  const voted = chain.name === 'regtest' || votes.length > 0 ? withVotes(chain, votes) : chain
  const deployments: Record<DeploymentName, Deployment> = { ...voted.deployments }
  for (const word of settings.list('testactivationheight')) {
    const [name, height] = activationOf(word)
    deployments[name] = { kind: 'height', height }
  }
  for (const word of settings.list('test'))
    if (word !== 'bip94') throw new SettingsError(`Unknown -test option: ${word}`)
  const work = settings.text('minimumchainwork')
  return {
    ...voted,
    deployments,
    limits: { ...chain.limits, enforceBip94: chain.limits.enforceBip94 || settings.list('test').length > 0 },
    ...(work === undefined ? {} : { minimumChainWork: workOf(work) }),
  }
}

/** The rules of a public chain are not an operator's to change. */
function refuseOnPublicChains({ name }: ChainParameters, settings: Settings): void {
  const asked = TEST_OPTIONS.find((option) => settings.list(option).length > 0)
  if (asked !== undefined && PUBLIC_CHAINS.has(name))
    throw new SettingsError(`-${asked}: changes rules, so it is for regtest and chain files only`)
}

function activationOf(word: string): [DeploymentName, number] {
  const [fork = '', text, ...rest] = word.split('@')
  if (text === undefined || rest.length > 0)
    throw new SettingsError(`Invalid format (${word}) for -testactivationheight=name@height.`)
  const height = Number(text)
  if (!/^-?\d+$/.test(text) || height < 0 || height >= 0x7fffffff)
    throw new SettingsError(`Invalid height value (${word}) for -testactivationheight=name@height.`)
  const name = FORKS[fork]
  if (name === undefined)
    throw new SettingsError(`Invalid name (${word}) for -testactivationheight=name@height.`)
  return [name, height]
}

function workOf(text: string): bigint {
  const digits = text.replace(/^0x/, '')
  if (!/^[0-9a-fA-F]{1,64}$/.test(digits))
    throw new SettingsError(`Invalid minimum work specified (${text}), must be up to 64 hex digits`)
  return BigInt(`0x${digits}`)
}
