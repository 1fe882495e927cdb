import { z } from 'zod'
import { HEX_PATTERN, hexBytes as hex } from './hex.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits')
const height = z.number().int().min(0).max(0x7fffffff)
const sats = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/** When a soft fork is in force. `always` from block 1 on; `never` not at all. */
const deployment = z.union([
  z.strictObject({ kind: z.literal('always') }),
  z.strictObject({ kind: z.literal('never') }),
  z.strictObject({ kind: z.literal('height'), height }),
  z.strictObject({ kind: z.literal('time'), medianTime: z.number().int() }),
  z.strictObject({
    kind: z.literal('bip9'),
    bit: z.number().int().min(0).max(28),
    startTime: z.number().int(),
    timeout: z.number().int(),
    minActivationHeight: height.default(0),
    threshold: z.number().int().positive(),
    window: z.number().int().positive(),
  }),
  z.strictObject({
    kind: z.literal('bip8'),
    bit: z.number().int().min(0).max(28),
    startHeight: height,
    timeoutHeight: height,
    /** At the timeout it locks in rather than fails: in the period before, blocks must signal. */
    lockInOnTimeout: z.boolean(),
    threshold: z.number().int().positive(),
    window: z.number().int().positive(),
  }),
])

const common = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'expected a slug'),
  /** The whole serialized genesis block. */
  genesisBlock: hex.min(160).meta(HEX_PATTERN),
  /** Four bytes that start each message on the wire. */
  magic: z.string().regex(/^[0-9a-f]{8}$/, 'expected 8 hex digits'),
  port: z.number().int().min(1).max(65535),
  rpcPort: z.number().int().min(1).max(65535),
  /** Hash that must not exceed the target; the block's id is sha256d in every case. */
  proofOfWork: z.enum(['sha256d', 'scrypt']),
  limits: z.strictObject({
    powLimit: hash,
    retargetIntervalBlocks: z.number().int().positive(),
    targetSpacingSeconds: z.number().int().positive(),
    /** true: every block has its parent's bits. [Core fPowNoRetargeting] */
    noRetargeting: z.boolean(),
    /** true: a block 2 × spacing after its parent may have the lowest difficulty. [Core fPowAllowMinDifficultyBlocks] */
    allowMinDifficulty: z.boolean(),
    /** BIP94: retarget from the first block's bits and bound time at the start of a period. */
    enforceBip94: z.boolean(),
    initialSubsidySats: sats,
    halvingIntervalBlocks: z.number().int().positive(),
    maxMoneySats: sats,
    coinbaseMaturityBlocks: z.number().int().min(0),
    maxBlockWeight: z.number().int().positive(),
    maxBlockSigopsCost: z.number().int().positive(),
    maxFutureSeconds: z.number().int().positive(),
    medianTimeSpanBlocks: z.number().int().positive(),
  }),
  deployments: z.strictObject({
    bip16: deployment, // P2SH
    bip34: deployment, // height in coinbase
    bip65: deployment, // CHECKLOCKTIMEVERIFY
    bip66: deployment, // strict DER
    csv: deployment, // BIP68, 112, 113
    segwit: deployment, // BIP141, 143, 147
    taproot: deployment, // BIP341, 342
  }),
  /** Blocks whose coinbase may overwrite unspent coins of the same txid. [BIP30] */
  bip30Exceptions: z.array(z.strictObject({ height, hash })).default([]),
  addresses: z.strictObject({
    p2pkh: z.number().int().min(0).max(255),
    p2sh: z.number().int().min(0).max(255),
    bech32: z.string().min(1),
    secretKey: z.number().int().min(0).max(255),
  }),
  /** BIP325: script that must authorise each block. */
  signetChallenge: hex.optional(),
  /** From this height on the chain has rules that are not specified here: its blocks are neither valid nor invalid. */
  specifiedBelowHeight: height.optional(),
})

/** Version 1: what `chainRules` says of it was inferred. */
const versionOne = z.strictObject({
  format: z.literal('touchstone-chain/1'),
  ...common.shape,
  /** Block hash -> Core flag names that are left out when that very block's scripts are judged. */
  exceptions: z.record(hash, z.array(z.string())).default({}),
})

const versionTwo = z.strictObject({
  format: z.literal('touchstone-chain/2'),
  ...common.shape,
  /**
   * true: P2SH, witness and taproot scripts are judged in every block, wherever the chain deploys that upgrade at all;
   * deployments govern the other rules. false: each begins with its deployment. [Core GetBlockScriptFlags]
   */
  scriptsFromGenesis: z.boolean(),
  /** Blocks whose scripts are judged under these features only. [Core script_flag_exceptions] */
  scriptFlagExceptions: z
    .array(z.strictObject({ hash, features: z.array(z.enum(['p2sh', 'witness', 'taproot'])) }))
    .default([]),
  /** true: a retarget measures whole periods, from the block before the period on. [Litecoin] */
  wholePeriodRetarget: z.boolean(),
  /** The least version of a header once segwit is in force; 0: any. [Litecoin] */
  minVersionWithSegwit: z.number().int().min(0).max(0x7fffffff),
})

/** The parts that a scenario may change. */
export const chainParts = { limits: common.shape.limits, deployments: common.shape.deployments }

/**
 * A chain as data: the one input that both engines share, decoded by each on its own.
 * Amounts in sats, times in Unix seconds, targets and hashes as hex the way people write them (big-endian).
 */
export const chainFileSchema = z.discriminatedUnion('format', [versionOne, versionTwo])

export type ChainFile = z.infer<typeof chainFileSchema>

/** What version 2 says in fields of its own. */
export type ChainRules = Pick<
  z.infer<typeof versionTwo>,
  'scriptsFromGenesis' | 'scriptFlagExceptions' | 'wholePeriodRetarget' | 'minVersionWithSegwit'
>

/** The same chain as a file of version 2. */
export function asVersionTwo(file: ChainFile): z.infer<typeof versionTwo> {
  if (file.format === 'touchstone-chain/2') return file
  const { exceptions, ...rest } = file
  return { ...rest, format: 'touchstone-chain/2', ...chainRules(file) }
}

const GENESIS_FEATURES = ['p2sh', 'witness', 'taproot'] as const
const VERSION_TOP_BITS = 0x20000000

/** The rules of a chain file of either version. In version 1 scrypt stands for Litecoin's header rules. */
export function chainRules(file: ChainFile): ChainRules {
  if (file.format === 'touchstone-chain/2') {
    const { scriptsFromGenesis, scriptFlagExceptions, wholePeriodRetarget, minVersionWithSegwit } = file
    return { scriptsFromGenesis, scriptFlagExceptions, wholePeriodRetarget, minVersionWithSegwit }
  }
  const isLitecoin = file.proofOfWork === 'scrypt'
  return {
    scriptsFromGenesis: false,
    scriptFlagExceptions: Object.entries(file.exceptions).map(([block, leftOut]) => ({
      hash: block,
      features: GENESIS_FEATURES.filter((feature) => !leftOut.includes(feature.toUpperCase())),
    })),
    wholePeriodRetarget: isLitecoin,
    minVersionWithSegwit: isLitecoin ? VERSION_TOP_BITS : 0,
  }
}
