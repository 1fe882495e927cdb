import { match } from 'ts-pattern'
import { blockHash, decodeBlock, fromHex } from '../encoding/index.ts'
import type { Block } from '../vocabulary/index.ts'
import { hash, height, sats } from '../vocabulary/index.ts'
import type { Chain, Deployment, DeploymentName, Limits } from './chain.ts'
import { DEPLOYMENT_NAMES } from './chain.ts'
import type { Fields } from './fields.ts'
import { ChainFileError, fieldsOf } from './fields.ts'

/** A chain, or one line that says what is wrong, where, and what was expected. */
type DecodedChain =
  | { readonly ok: true; readonly chain: Chain }
  | { readonly ok: false; readonly error: string }

/** Reads a chain file (`touchstone-chain/2`, or `touchstone-chain/1` with the meaning it had) that was parsed from JSON. */
export function decodeChainFile(file: unknown): DecodedChain {
  try {
    return { ok: true, chain: decodeChain(fieldsOf(file, 'chain file')) }
  } catch (failure) {
    if (failure instanceof ChainFileError) return { ok: false, error: failure.message }
    throw failure
  }
}

function decodeChain(file: Fields): Chain {
  const format = file.oneOf('format', ['touchstone-chain/1', 'touchstone-chain/2'])
  const name = file.text('name', /^[a-z][a-z0-9-]{0,31}$/, 'a slug')
  file.text('magic', /^[0-9a-f]{8}$/, '8 hex digits')
  file.whole('port', 1, 65535)
  file.whole('rpcPort', 1, 65535)
  const challenge = file.has('signetChallenge') ? fromHex(file.hex('signetChallenge')) : undefined
  const end = file.has('specifiedBelowHeight')
    ? { specifiedBelowHeight: height(file.whole('specifiedBelowHeight', 0, MAX_HEIGHT)) }
    : {}
  const proofOfWork = file.oneOf('proofOfWork', ['sha256d', 'scrypt'])
  const { scriptsFromGenesis, exceptions, ...headerRules } =
    format === 'touchstone-chain/1' ? versionOneRules(file, proofOfWork) : decodeVersionTwoRules(file)
  const chain = {
    name,
    genesis: decodeGenesis(file),
    proofOfWork,
    limits: decodeLimits(file.fields('limits'), headerRules),
    deployments: decodeDeployments(file.fields('deployments')),
    scriptsFromGenesis,
    exceptions,
    bip30Exceptions: decodeBip30Exceptions(file),
    ...(challenge === undefined ? {} : { signetChallenge: challenge }),
    ...end,
  }
  decodeAddresses(file.fields('addresses'))
  file.end()
  return chain
}

function decodeGenesis(file: Fields): Block {
  const decoded = decodeBlock(fromHex(file.hex('genesisBlock')))
  if (!decoded.ok)
    throw file.error(
      'genesisBlock',
      `a serialized block (${decoded.error.problem} at byte ${decoded.error.offset})`,
    )
  return decoded.value
}

/** What version 2 says and version 1 left to be inferred. */
interface VersionedRules extends HeaderRules {
  readonly scriptsFromGenesis: boolean
  readonly exceptions: Chain['exceptions']
}

type HeaderRules = Pick<Limits, 'wholePeriodRetarget' | 'minVersionWithSegwit'>

/** Version 1 had no fields for Litecoin's header rules: scrypt stood for them. */
function versionOneRules(file: Fields, proofOfWork: Chain['proofOfWork']): VersionedRules {
  const isLitecoin = proofOfWork === 'scrypt'
  return {
    scriptsFromGenesis: false,
    exceptions: decodeExceptions(file),
    wholePeriodRetarget: isLitecoin,
    minVersionWithSegwit: isLitecoin ? VERSION_TOP_BITS : ANY_VERSION,
  }
}

function decodeVersionTwoRules(file: Fields): VersionedRules {
  return {
    scriptsFromGenesis: file.flag('scriptsFromGenesis'),
    exceptions: decodeScriptFlagExceptions(file),
    wholePeriodRetarget: file.flag('wholePeriodRetarget'),
    minVersionWithSegwit: file.whole('minVersionWithSegwit', 0, 0x7fffffff) || ANY_VERSION,
  }
}

/** BIP9's mark of a version that signals. */
const VERSION_TOP_BITS = 0x20000000
/** The least that a signed 32-bit number can be. */
const ANY_VERSION = -0x80000000

function decodeLimits(file: Fields, headerRules: HeaderRules): Limits {
  const positive = (name: string) => file.whole(name, 1)
  const limits: Limits = {
    powLimit: BigInt(`0x${file.text('powLimit', /^[0-9a-f]{64}$/, '64 hex digits')}`),
    retargetIntervalBlocks: positive('retargetIntervalBlocks'),
    targetSpacingSeconds: positive('targetSpacingSeconds'),
    noRetargeting: file.flag('noRetargeting'),
    allowMinDifficulty: file.flag('allowMinDifficulty'),
    enforceBip94: file.flag('enforceBip94'),
    ...headerRules,
    initialSubsidySats: sats(file.whole('initialSubsidySats', 0)),
    halvingIntervalBlocks: positive('halvingIntervalBlocks'),
    maxMoneySats: sats(file.whole('maxMoneySats', 0)),
    coinbaseMaturityBlocks: file.whole('coinbaseMaturityBlocks', 0),
    maxBlockWeight: positive('maxBlockWeight'),
    maxBlockSigopsCost: positive('maxBlockSigopsCost'),
    maxFutureSeconds: positive('maxFutureSeconds'),
    medianTimeSpanBlocks: positive('medianTimeSpanBlocks'),
  }
  file.end()
  return limits
}

function decodeDeployments(file: Fields): Record<DeploymentName, Deployment> {
  const entries = DEPLOYMENT_NAMES.map((name) => [name, decodeDeployment(file.fields(name))])
  file.end()
  return Object.fromEntries(entries) as Record<DeploymentName, Deployment>
}

const MAX_HEIGHT = 0x7fffffff

function decodeDeployment(file: Fields): Deployment {
  const kind = file.oneOf('kind', ['always', 'never', 'height', 'time', 'bip9', 'bip8'])
  const deployment = decodeSchedule(kind, file)
  file.end()
  return deployment
}

/** Deployments that expire or are abandoned are drafts', which bring their own; no chain file schedules one. */
function decodeSchedule(
  kind: Exclude<Deployment['kind'], 'expiring' | 'heretical'>,
  file: Fields,
): Deployment {
  const heightOf = (name: string) => file.whole(name, 0, MAX_HEIGHT)
  const signalling = () => ({
    bit: file.whole('bit', 0, 28),
    threshold: file.whole('threshold', 1),
    window: file.whole('window', 1),
  })
  return match(kind)
    .returnType<Deployment>()
    .with('always', 'never', (kind) => ({ kind }))
    .with('height', (kind) => ({ kind, height: heightOf('height') }))
    .with('time', (kind) => ({ kind, medianTime: file.whole('medianTime') }))
    .with('bip9', (kind) => ({
      kind,
      startTime: file.whole('startTime'),
      timeout: file.whole('timeout'),
      minActivationHeight: file.has('minActivationHeight') ? heightOf('minActivationHeight') : 0,
      ...signalling(),
    }))
    .with('bip8', (kind) => ({
      kind,
      startHeight: heightOf('startHeight'),
      timeoutHeight: heightOf('timeoutHeight'),
      lockInOnTimeout: file.flag('lockInOnTimeout'),
      ...signalling(),
    }))
    .exhaustive()
}

function decodeExceptions(file: Fields): Chain['exceptions'] {
  if (!file.has('exceptions')) return new Map()
  const blocks = file.fields('exceptions')
  return new Map(blocks.names().map((name) => [hash(blocks.checkHash(name)), blocks.texts(name)]))
}

/** By the names that chain files have for them. */
const GENESIS_FEATURES = new Map([
  ['p2sh', 'P2SH'],
  ['witness', 'WITNESS'],
  ['taproot', 'TAPROOT'],
])

/** The file lists the features that do apply to a block; what is kept are those left out. */
function decodeScriptFlagExceptions(file: Fields): Chain['exceptions'] {
  if (!file.has('scriptFlagExceptions')) return new Map()
  const blocks = file.list('scriptFlagExceptions').map((entry) => {
    const name = hash(entry.text('hash', /^[0-9a-f]{64}$/, '64 hex digits'))
    const applied = entry.texts('features')
    if (!applied.every((feature) => GENESIS_FEATURES.has(feature)))
      throw entry.error('features', `a list of ${[...GENESIS_FEATURES.keys()].join(', ')}`)
    entry.end()
    const leftOut = [...GENESIS_FEATURES].filter(([feature]) => !applied.includes(feature))
    return [name, leftOut.map(([, feature]) => feature)] as const
  })
  return new Map(blocks)
}

function decodeBip30Exceptions(file: Fields): Chain['bip30Exceptions'] {
  if (!file.has('bip30Exceptions')) return []
  return file.list('bip30Exceptions').map((entry) => {
    const exception = {
      height: height(entry.whole('height', 0, MAX_HEIGHT)),
      hash: hash(entry.text('hash', /^[0-9a-f]{64}$/, '64 hex digits')),
    }
    entry.end()
    return exception
  })
}

function decodeAddresses(file: Fields): void {
  for (const name of ['p2pkh', 'p2sh', 'secretKey']) file.whole(name, 0, 255)
  file.text('bech32', /./, 'a human-readable part')
  file.end()
}

/** The name of a chain's first block. */
export const genesisHash = (chain: Chain) => blockHash(chain.genesis.header)
