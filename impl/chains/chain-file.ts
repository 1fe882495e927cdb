import type { Block } from '../wire/index.ts'
import { ByteReader, DecodeError, type Hasher, parseBlock } from '../wire/index.ts'
import { Field } from './chain-file-field.ts'
import {
  type ChainLimits,
  type ChainParameters,
  DEPLOYMENT_NAMES,
  type Deployment,
  type DeploymentName,
} from './parameters.ts'

const FORMATS = ['touchstone-chain/1', 'touchstone-chain/2'] as const
const HEIGHT_MAX = 0x7fffffff

/** A chain from the data of a chain file. Throws ChainFileError. */
export function parseChainFile(data: unknown, hasher: Hasher): ChainParameters {
  const file = new Field(data, '')
  const format = file.at('format').oneOf(FORMATS)
  const isFirst = format === 'touchstone-chain/1'
  file.only([
    'format',
    'name',
    'genesisBlock',
    'magic',
    'port',
    'rpcPort',
    'proofOfWork',
    'limits',
    'deployments',
    ...(isFirst ? FIELDS_OF_1 : FIELDS_OF_2),
    'bip30Exceptions',
    'addresses',
    'signetChallenge',
    'specifiedBelowHeight',
  ])
  const addresses = file.at('addresses').only(['p2pkh', 'p2sh', 'bech32', 'secretKey'])
  const challenge = file.optional('signetChallenge')
  const specifiedBelow = file.optional('specifiedBelowHeight')
  const proofOfWork = file.at('proofOfWork').oneOf(['sha256d', 'scrypt'])
  return {
    name: file.at('name').text(/^[a-z][a-z0-9-]{0,31}$/, 'a name of lower-case letters, digits and dashes'),
    genesis: parseGenesis(file.at('genesisBlock'), hasher),
    magic: file.at('magic').bytes(4),
    port: file.at('port').integer(1, 65535),
    rpcPort: file.at('rpcPort').integer(1, 65535),
    proofOfWork,
    limits: {
      ...parseLimits(file.at('limits')),
      measuresWholePeriods: isFirst ? proofOfWork === 'scrypt' : file.at('wholePeriodRetarget').flag(),
    },
    deployments: parseDeployments(file.at('deployments')),
    scriptsFromGenesis: !isFirst && file.at('scriptsFromGenesis').flag(),
    minVersionWithSegwit: isFirst
      ? proofOfWork === 'scrypt'
        ? VERSION_TOP_BITS
        : 0
      : file.at('minVersionWithSegwit').integer(0, HEIGHT_MAX),
    exceptions: isFirst ? parseFlagsLeftOut(file) : parseFeaturesKept(file),
    duplicates: {
      exceptions: new Map(
        (file.optional('bip30Exceptions')?.list() ?? []).map((entry) => [
          entry.only(['height', 'hash']).at('hash').hash(),
          entry.at('height').integer(0, HEIGHT_MAX),
        ]),
      ),
    },
    minimumChainWork: 0n,
    addresses: {
      p2pkh: addresses.at('p2pkh').integer(0, 255),
      p2sh: addresses.at('p2sh').integer(0, 255),
      bech32: addresses.at('bech32').text(/^.+$/, 'text'),
      secretKey: addresses.at('secretKey').integer(0, 255),
    },
    ...(challenge === undefined ? {} : { signetChallenge: challenge.bytes() }),
    ...(specifiedBelow === undefined ? {} : { specifiedBelowHeight: specifiedBelow.integer(0, HEIGHT_MAX) }),
  }
}

/** What the first version infers from the proof of work, since only Litecoin's chains had another. */
const VERSION_TOP_BITS = 0x20000000
const FIELDS_OF_1 = ['exceptions'] as const
const FIELDS_OF_2 = [
  'scriptsFromGenesis',
  'scriptFlagExceptions',
  'wholePeriodRetarget',
  'minVersionWithSegwit',
] as const

/** Version 1: block hash -> names of the script flags that are left out for it. */
function parseFlagsLeftOut(file: Field): ReadonlyMap<string, readonly string[]> {
  return new Map(
    (file.optional('exceptions')?.entries() ?? []).map(([hash, names]) => [
      names.hashName(hash),
      names.list().map((name) => name.text(/^[A-Z0-9_]+$/, 'the name of a script flag')),
    ]),
  )
}

/** Version 2 lists what still applies to a block, as Core does: the other ones are left out. */
function parseFeaturesKept(file: Field): ReadonlyMap<string, readonly string[]> {
  return new Map(
    (file.optional('scriptFlagExceptions')?.list() ?? []).map((entry) => {
      const hash = entry.only(['hash', 'features']).at('hash').hash()
      const features = entry.at('features').list()
      const kept = new Set(
        features.map((feature) => feature.oneOf(['p2sh', 'witness', 'taproot']).toUpperCase()),
      )
      return [hash, ['P2SH', 'WITNESS', 'TAPROOT'].filter((flag) => !kept.has(flag))]
    }),
  )
}

function parseGenesis(field: Field, hasher: Hasher): Block {
  const reader = new ByteReader(field.bytes())
  try {
    const block = parseBlock(reader, hasher)
    reader.finish()
    return block
  } catch (error) {
    if (error instanceof DecodeError) throw field.expected(`a serialized block (${error.message})`)
    throw error
  }
}

function parseLimits(field: Field): Omit<ChainLimits, 'measuresWholePeriods'> {
  const positive = (name: string) => field.at(name).integer(1, Number.MAX_SAFE_INTEGER)
  const natural = (name: string) => field.at(name).integer(0, Number.MAX_SAFE_INTEGER)
  field.only([
    'powLimit',
    'retargetIntervalBlocks',
    'targetSpacingSeconds',
    'noRetargeting',
    'allowMinDifficulty',
    'enforceBip94',
    'initialSubsidySats',
    'halvingIntervalBlocks',
    'maxMoneySats',
    'coinbaseMaturityBlocks',
    'maxBlockWeight',
    'maxBlockSigopsCost',
    'maxFutureSeconds',
    'medianTimeSpanBlocks',
  ])
  return {
    powLimit: BigInt(`0x${field.at('powLimit').hash()}`),
    retargetInterval: positive('retargetIntervalBlocks'),
    targetSpacing: positive('targetSpacingSeconds'),
    noRetargeting: field.at('noRetargeting').flag(),
    allowMinDifficulty: field.at('allowMinDifficulty').flag(),
    enforceBip94: field.at('enforceBip94').flag(),
    initialSubsidy: natural('initialSubsidySats'),
    halvingInterval: positive('halvingIntervalBlocks'),
    maxMoney: natural('maxMoneySats'),
    coinbaseMaturity: natural('coinbaseMaturityBlocks'),
    maxBlockWeight: positive('maxBlockWeight'),
    maxBlockSigopsCost: positive('maxBlockSigopsCost'),
    maxFutureSeconds: positive('maxFutureSeconds'),
    medianTimeSpan: positive('medianTimeSpanBlocks'),
  }
}

function parseDeployments(field: Field): Record<DeploymentName, Deployment> {
  field.only(DEPLOYMENT_NAMES)
  const pairs = DEPLOYMENT_NAMES.map((name) => [name, parseDeployment(field.at(name))] as const)
  return Object.fromEntries(pairs) as Record<DeploymentName, Deployment>
}

function parseDeployment(field: Field): Deployment {
  const kind = field.at('kind').oneOf(['always', 'never', 'height', 'time', 'bip9', 'bip8'])
  switch (kind) {
    case 'always':
    case 'never':
      field.only(['kind'])
      return { kind }
    case 'height':
      field.only(['kind', 'height'])
      return { kind, height: field.at('height').integer(0, HEIGHT_MAX) }
    case 'time':
      field.only(['kind', 'medianTime'])
      return { kind, medianTime: field.at('medianTime').integer() }
    case 'bip9':
      field.only(['kind', 'bit', 'startTime', 'timeout', 'minActivationHeight', 'threshold', 'window'])
      return {
        kind,
        bit: field.at('bit').integer(0, 28),
        startTime: field.at('startTime').integer(),
        timeout: field.at('timeout').integer(),
        minActivationHeight: field.optional('minActivationHeight')?.integer(0, HEIGHT_MAX) ?? 0,
        threshold: field.at('threshold').integer(1, Number.MAX_SAFE_INTEGER),
        window: field.at('window').integer(1, Number.MAX_SAFE_INTEGER),
      }
    case 'bip8':
      field.only(['kind', 'bit', 'startHeight', 'timeoutHeight', 'lockInOnTimeout', 'threshold', 'window'])
      return {
        kind,
        bit: field.at('bit').integer(0, 28),
        startHeight: field.at('startHeight').integer(0, HEIGHT_MAX),
        timeoutHeight: field.at('timeoutHeight').integer(0, HEIGHT_MAX),
        lockInOnTimeout: field.at('lockInOnTimeout').flag(),
        threshold: field.at('threshold').integer(1, Number.MAX_SAFE_INTEGER),
        window: field.at('window').integer(1, Number.MAX_SAFE_INTEGER),
      }
  }
}
