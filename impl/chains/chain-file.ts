import type { Block } from '../wire/index.ts'
import { ByteReader, DecodeError, type Hasher, hexToBytes, parseBlock } from '../wire/index.ts'
import { type ChainParameters, DEPLOYMENT_NAMES, type Deployment, type DeploymentName } from './parameters.ts'

/** A chain file says something that it must not. The message is one line: where, and what was expected. */
export class ChainFileError extends Error {}

const FORMAT = 'touchstone-chain/1'
const HEIGHT_MAX = 0x7fffffff

/** A chain from the data of a chain file. Throws ChainFileError. */
export function parseChainFile(data: unknown, hasher: Hasher): ChainParameters {
  const file = new Field(data, '')
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
    'exceptions',
    'bip30Exceptions',
    'addresses',
    'signetChallenge',
    'specifiedBelowHeight',
  ])
  if (file.at('format').value !== FORMAT) throw file.at('format').expected(`"${FORMAT}"`)
  const addresses = file.at('addresses').only(['p2pkh', 'p2sh', 'bech32', 'secretKey'])
  const challenge = file.optional('signetChallenge')
  // Where other rules begin that no program here knows; this node judges by those it has.
  file.optional('specifiedBelowHeight')?.integer(0, HEIGHT_MAX)
  return {
    name: file.at('name').text(/^[a-z][a-z0-9-]{0,31}$/, 'a name of lower-case letters, digits and dashes'),
    genesis: parseGenesis(file.at('genesisBlock'), hasher),
    magic: file.at('magic').bytes(4),
    port: file.at('port').integer(1, 65535),
    rpcPort: file.at('rpcPort').integer(1, 65535),
    proofOfWork: file.at('proofOfWork').oneOf(['sha256d', 'scrypt']),
    limits: parseLimits(file.at('limits')),
    deployments: parseDeployments(file.at('deployments')),
    witnessScriptsFromGenesis: false,
    exceptions: new Map(
      (file.optional('exceptions')?.entries() ?? []).map(([hash, names]) => [
        names.hashName(hash),
        names.list().map((name) => name.text(/^[A-Z0-9_]+$/, 'the name of a script flag')),
      ]),
    ),
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
  }
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

function parseLimits(field: Field): ChainParameters['limits'] {
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
  const kind = field.at('kind').oneOf(['always', 'never', 'height', 'time', 'bip9'])
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
  }
}

/** A value of the file together with the place where it stands. */
class Field {
  readonly value: unknown
  readonly #path: string

  constructor(value: unknown, path: string) {
    this.value = value
    this.#path = path
  }

  expected(what: string): ChainFileError {
    return new ChainFileError(`chain file: ${this.#path === '' ? 'top level' : this.#path}: expected ${what}`)
  }

  at(name: string): Field {
    return this.optional(name) ?? this.child(name, undefined)
  }

  optional(name: string): Field | undefined {
    const record = this.#record()
    return record[name] === undefined ? undefined : this.child(name, record[name])
  }

  child(name: string, value: unknown): Field {
    return new Field(value, this.#path === '' ? name : `${this.#path}.${name}`)
  }

  /** Refuses names that are not listed. */
  only(names: readonly string[]): this {
    for (const name of Object.keys(this.#record()))
      if (!names.includes(name)) throw this.child(name, undefined).expected('no such field')
    return this
  }

  entries(): [string, Field][] {
    return Object.entries(this.#record()).map(([name, value]) => [name, this.child(name, value)])
  }

  list(): Field[] {
    if (!Array.isArray(this.value)) throw this.expected('a list')
    return this.value.map((value, i) => this.child(String(i), value))
  }

  integer(min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): number {
    if (!Number.isSafeInteger(this.value) || (this.value as number) < min || (this.value as number) > max)
      throw this.expected(`a whole number from ${min} to ${max}`)
    return this.value as number
  }

  flag(): boolean {
    if (typeof this.value !== 'boolean') throw this.expected('true or false')
    return this.value
  }

  text(pattern: RegExp, what: string): string {
    if (typeof this.value !== 'string' || !pattern.test(this.value)) throw this.expected(what)
    return this.value
  }

  oneOf<T extends string>(choices: readonly T[]): T {
    const found = choices.find((choice) => choice === this.value)
    if (found === undefined) throw this.expected(`one of ${choices.join(', ')}`)
    return found
  }

  bytes(length?: number): Uint8Array {
    const bytes = hexToBytes(this.text(/^([0-9a-f]{2})*$/, 'lower-case hex, two digits a byte'))!
    if (length !== undefined && bytes.length !== length) throw this.expected(`${2 * length} hex digits`)
    return bytes
  }

  /** 64 hex digits as people write hashes and targets. */
  hash(): string {
    return this.text(/^[0-9a-f]{64}$/, '64 hex digits')
  }

  hashName(name: string): string {
    if (!/^[0-9a-f]{64}$/.test(name)) throw this.expected('a name of 64 hex digits')
    return name
  }

  #record(): Readonly<Record<string, unknown>> {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value))
      throw this.expected('an object')
    return this.value as Readonly<Record<string, unknown>>
  }
}
