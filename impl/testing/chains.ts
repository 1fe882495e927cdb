import { builtInChain, type ChainParameters, parseChainFile } from '../chains/index.ts'
import { chooseCrypto } from '../platform/index.ts'
import { bytesToHex, type Hasher } from '../wire/index.ts'

const ALWAYS = { kind: 'always' }

/** Rules and limits that a test wants different from those of the test chain. */
export interface ChainOptions {
  readonly limits?: Readonly<Record<string, unknown>>
  readonly deployments?: Readonly<Record<string, unknown>>
  readonly [field: string]: unknown
}

/** The data of a chain that tests can mine on: regtest's genesis, maturity 3, halving every 6 blocks. */
export function testChainFile(hasher: Hasher, { limits, deployments, ...fields }: ChainOptions = {}) {
  return {
    format: 'touchstone-chain/1',
    name: 'test',
    genesisBlock: bytesToHex(builtInChain('regtest', hasher)!.genesis.raw),
    magic: '74657374',
    port: 1,
    rpcPort: 2,
    proofOfWork: 'sha256d',
    limits: {
      powLimit: '7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
      retargetIntervalBlocks: 144,
      targetSpacingSeconds: 600,
      noRetargeting: true,
      allowMinDifficulty: false,
      enforceBip94: false,
      initialSubsidySats: 50_0000_0000,
      halvingIntervalBlocks: 6,
      maxMoneySats: 21_000_000_0000_0000,
      coinbaseMaturityBlocks: 3,
      maxBlockWeight: 4_000_000,
      maxBlockSigopsCost: 80_000,
      maxFutureSeconds: 7200,
      medianTimeSpanBlocks: 11,
      ...limits,
    },
    deployments: {
      bip16: ALWAYS,
      bip34: ALWAYS,
      bip65: ALWAYS,
      bip66: ALWAYS,
      csv: ALWAYS,
      segwit: ALWAYS,
      taproot: ALWAYS,
      ...deployments,
    },
    addresses: { p2pkh: 111, p2sh: 196, bech32: 'test', secretKey: 239 },
    ...fields,
  }
}

export function testChain(hasher: Hasher, options: ChainOptions = {}): ChainParameters {
  return parseChainFile(testChainFile(hasher, options), hasher)
}

/** The data of a test chain whose difficulty is adjusted every four blocks. */
export const quickChain = testChainFile(chooseCrypto().crypto, {
  limits: { retargetIntervalBlocks: 4, noRetargeting: false },
})
