import type { ChainParameters } from '../chains/index.ts'
import type { MempoolPolicy } from '../mempool/index.ts'
import { TEMPLATE_OPTIONS, type TemplateOptions } from '../mining/index.ts'
import type { IndexOptions } from '../node/index.ts'
import { PEER_OPTIONS, type PeerOptions } from '../peers/index.ts'
import { OPTIONS, type OptionName, WITHOUT_EFFECT } from './option-table.ts'
import { type Settings, SettingsError } from './settings.ts'

const MIB = 1 << 20
const DAY_SECONDS = 86_400
/** [Core MINIMUM_BLOCK_RESERVED_WEIGHT] */
const RESERVED_WEIGHT_MIN = 2000
/** [Core MAX_SUBVERSION_LENGTH] */
const USER_AGENT_MAX = 256

/** Only the given members. */
function given<T extends object>(members: { [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>
}

export function policyFrom(settings: Settings, isTestChain: boolean): Partial<MempoolPolicy> {
  const accepts = settings.flag('acceptnonstdtxn')
  if (accepts && !isTestChain)
    throw new SettingsError('acceptnonstdtxn is not currently supported for main chain')
  const incremental = settings.sats('incrementalrelayfee')
  const minimum = settings.sats('minrelaytxfee') ?? incremental
  const expiryHours = settings.integer('mempoolexpiry')
  const megabytes = settings.integer('maxmempool')
  const data = settings.flag('datacarrier', true) ? settings.integer('datacarriersize') : 0
  const clusterThousands = settings.integer('limitclustersize')
  const bareMultisig = settings.has('permitbaremultisig') ? settings.flag('permitbaremultisig') : undefined
  return given<MempoolPolicy>({
    requireStandard: !accepts,
    strictScripts: undefined,
    replacement: undefined,
    minRelayFeeRate: minimum,
    incrementalFeeRate: incremental,
    dustFeeRate: settings.sats('dustrelayfee'),
    strippedSizeMin: undefined,
    bytesPerSigop: settings.integer('bytespersigop'),
    sigopsShareMax: undefined,
    permitBareMultisig: bareMultisig,
    dataCarrierBytesMax: data,
    ancestorsMax: settings.integer('limitancestorcount') ?? settings.integer('limitclustercount'),
    ancestorVsizeMax: clusterThousands === undefined ? undefined : clusterThousands * 1000,
    descendantsMax: settings.integer('limitdescendantcount') ?? settings.integer('limitclustercount'),
    descendantVsizeMax: clusterThousands === undefined ? undefined : clusterThousands * 1000,
    evictionsMax: undefined,
    poolBytesMax: megabytes === undefined ? undefined : megabytes * 1_000_000,
    expirySeconds: expiryHours === undefined ? undefined : expiryHours * 3600,
  })
}

export function peerOptionsFrom(settings: Settings): Partial<PeerOptions> {
  const timeout = settings.integer('peertimeout')
  if (timeout !== undefined && timeout <= 0)
    throw new SettingsError('peertimeout must be a positive integer.')
  const thousands = settings.integer('maxreceivebuffer')
  return {
    userAgent: userAgentFrom(settings),
    relayTransactions: !settings.flag('blocksonly'),
    blockFilters: settings.flag('peerblockfilters'),
    tipAgeMaxMs: (settings.integer('maxtipage') ?? DAY_SECONDS) * 1000,
    ...(timeout === undefined ? {} : { handshakeMs: timeout * 1000 }),
    ...(thousands === undefined ? {} : { receiveBytesPaused: thousands * 1000 }),
  }
}

/** /Name:version(comment; comment)/ [BIP14; Core FormatSubVersion] */
function userAgentFrom(settings: Settings): string {
  const comments = settings.list('uacomment')
  for (const comment of comments)
    if (/[^\w .,;!?@'()*+=\-:]/.test(comment) || /[/:()]/.test(comment))
      throw new SettingsError(`User Agent comment (${comment}) contains unsafe characters.`)
  const { userAgent } = PEER_OPTIONS
  const whole = comments.length === 0 ? userAgent : `${userAgent.slice(0, -1)}(${comments.join('; ')})/`
  if (whole.length > USER_AGENT_MAX)
    throw new SettingsError(
      `Total length of network version string (${whole.length}) exceeds maximum length (${USER_AGENT_MAX}). Reduce the number or size of uacomments.`,
    )
  return whole
}

/** Throws SettingsError. */
export function templateOptionsFrom(settings: Settings, { limits }: ChainParameters): TemplateOptions {
  const weightLimit = limits.maxBlockWeight
  const reservedWeight = settings.integer('blockreservedweight') ?? TEMPLATE_OPTIONS.reservedWeight
  const weightMax = settings.integer('blockmaxweight')
  if (weightMax !== undefined && weightMax > weightLimit)
    throw new SettingsError(
      `Specified -blockmaxweight (${weightMax}) exceeds consensus maximum block weight (${weightLimit})`,
    )
  if (reservedWeight > weightLimit)
    throw new SettingsError(
      `Specified -blockreservedweight (${reservedWeight}) exceeds consensus maximum block weight (${weightLimit})`,
    )
  if (reservedWeight < RESERVED_WEIGHT_MIN)
    throw new SettingsError(
      `Specified -blockreservedweight (${reservedWeight}) is lower than minimum safety value of (${RESERVED_WEIGHT_MIN})`,
    )
  const version = settings.integer('blockversion')
  return {
    ...TEMPLATE_OPTIONS,
    reservedWeight,
    ...(weightMax === undefined ? {} : { weightMax }),
    feeRateMin: settings.sats('blockmintxfee') ?? TEMPLATE_OPTIONS.feeRateMin,
    ...(version === undefined ? {} : { version }),
  }
}

/** Throws SettingsError for a filter of an unknown type. */
export function indexOptionsFrom(settings: Settings): IndexOptions {
  const filters = settings.text('blockfilterindex') ?? '0'
  if (!['', '0', '1', 'basic'].includes(filters))
    throw new SettingsError(`Unknown -blockfilterindex value ${filters}.`)
  const withFilters = filters !== '0'
  if (settings.flag('peerblockfilters') && !withFilters && settings.has('blockfilterindex'))
    throw new SettingsError('Cannot set -peerblockfilters without -blockfilterindex.')
  return {
    transactions: settings.flag('txindex'),
    spenders: settings.flag('txospenderindex'),
    ledger: settings.flag('ledgerindex'),
    filters: withFilters,
  }
}

/** Bytes of coins in memory, and of one block file; whether the coins are counted when the store is opened. */
export function storeOptionsFrom(settings: Settings): {
  coinBytesMax: number
  checkCoins: boolean
  fileBytesMax?: number
} {
  const mib = settings.integer('dbcache') ?? 450
  return {
    coinBytesMax: Math.max(4, mib) * MIB,
    checkCoins: settings.flag('checkcoins', true),
    ...(settings.flag('fastprune') ? { fileBytesMax: 64 * 1024 } : {}),
  }
}

/** HTTP requests that are answered or wait. [Core -rpcthreads, -rpcworkqueue] */
export function requestsMaxFrom(settings: Settings): number {
  const threads = settings.integer('rpcthreads') ?? 16
  const waiting = settings.integer('rpcworkqueue') ?? 64
  return Math.max(1, threads) + Math.max(1, waiting)
}

/** Hash of the block below which scripts are not judged; 0 for none. Throws SettingsError. */
export function assumeValidFrom(settings: Settings): string {
  const text = (settings.text('assumevalid') ?? '0').replace(/^0x/, '')
  if (!/^[0-9a-fA-F]{0,64}$/.test(text))
    throw new SettingsError(
      `Invalid assumevalid block hash specified (${text}), must be up to 64 hex digits (or 0 to disable)`,
    )
  return text.toLowerCase()
}

/** What the operator asked for and does not get, each in one line. */
export function warningsFrom(settings: Settings): string[] {
  const prunes = settings.integer('prune') ?? 0
  return prunes === 0 ? [] : [`-prune=${prunes}: this node prunes nothing; all blocks are kept`]
}

/** Options that were given and have no effect here, each in one line for the log. */
export function idleOptions(settings: Settings): string[] {
  return (Object.keys(OPTIONS) as OptionName[])
    .filter((name) => OPTIONS[name].meaning === WITHOUT_EFFECT && settings.has(name))
    .map((name) => `-${name} has no effect in this node`)
}
