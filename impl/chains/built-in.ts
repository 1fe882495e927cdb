import { ByteReader, type Hasher, hexToBytes, parseBlock } from '../wire/index.ts'
import {
  BITCOIN_GENESIS,
  REGTEST_GENESIS,
  SIGNET_GENESIS,
  TESTNET3_GENESIS,
  TESTNET4_GENESIS,
} from './genesis.ts'
import type { ChainLimits, ChainParameters, Deployment, DeploymentName } from './parameters.ts'

/** The chains that a node knows without a file. Facts from Core 31.0, kernel/chainparams.cpp. */
const BUILT_IN = { bitcoin, testnet3, testnet4, signet, regtest }

export type BuiltInChain = keyof typeof BUILT_IN
export const BUILT_IN_CHAINS = Object.keys(BUILT_IN) as BuiltInChain[]

/** The parameters of a chain by name; undefined for a name that is not built in. */
export function builtInChain(name: string, hasher: Hasher): ChainParameters | undefined {
  return Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name as BuiltInChain](hasher) : undefined
}

const BITCOIN_LIMITS: ChainLimits = {
  powLimit: (1n << 224n) - 1n,
  retargetInterval: 2016,
  targetSpacing: 600,
  noRetargeting: false,
  allowMinDifficulty: false,
  enforceBip94: false,
  measuresWholePeriods: false,
  initialSubsidy: 50_0000_0000,
  halvingInterval: 210_000,
  maxMoney: 21_000_000_0000_0000,
  coinbaseMaturity: 100,
  maxBlockWeight: 4_000_000,
  maxBlockSigopsCost: 80_000,
  maxFutureSeconds: 7200,
  medianTimeSpan: 11,
}
const TEST_ADDRESSES = { p2pkh: 111, p2sh: 196, bech32: 'tb', secretKey: 239 }
const ALWAYS: Deployment = { kind: 'always' }
const ALL_ALWAYS: Record<DeploymentName, Deployment> = {
  bip16: ALWAYS,
  bip34: ALWAYS,
  bip65: ALWAYS,
  bip66: ALWAYS,
  csv: ALWAYS,
  segwit: ALWAYS,
  taproot: ALWAYS,
}

function bitcoin(hasher: Hasher): ChainParameters {
  return {
    name: 'bitcoin',
    genesis: genesis(BITCOIN_GENESIS, hasher),
    magic: Uint8Array.of(0xf9, 0xbe, 0xb4, 0xd9),
    port: 8333,
    rpcPort: 8332,
    proofOfWork: 'sha256d',
    limits: BITCOIN_LIMITS,
    deployments: {
      bip16: ALWAYS,
      bip34: { kind: 'height', height: 227_931 },
      bip65: { kind: 'height', height: 388_381 },
      bip66: { kind: 'height', height: 363_725 },
      csv: { kind: 'height', height: 419_328 },
      segwit: { kind: 'height', height: 481_824 },
      taproot: ALWAYS,
    },
    scriptsFromGenesis: true,
    minVersionWithSegwit: 0,
    exceptions: new Map([
      ['00000000000002dc756eebf4f49723ed8d30cc28a5f108eb94b1ba88ac4f9c22', ['P2SH', 'WITNESS', 'TAPROOT']],
      ['0000000000000000000f14c35b2d841e986ab5441de8c585d5ffe55ea1e395ad', ['TAPROOT']],
    ]),
    duplicates: {
      exceptions: new Map([
        ['00000000000a4d0a398161ffc163c503763b1f4360639393e0e4c8e300e0caec', 91_842],
        ['00000000000743f190a18c5577a3c2d2a1f610ae9601ac046a38084ccb7cd721', 91_880],
      ]),
      impossibleAfter: {
        height: 227_931,
        hash: '000000000000024b89b42a942fe0d9fea3bb44ab7bd1b19115dd6a759c0808b8',
        untilHeight: 1_983_702,
      },
    },
    minimumChainWork: 0x1128750f82f4c366153a3a030n,
    addresses: { p2pkh: 0, p2sh: 5, bech32: 'bc', secretKey: 128 },
  }
}

function testnet3(hasher: Hasher): ChainParameters {
  return {
    name: 'testnet3',
    genesis: genesis(TESTNET3_GENESIS, hasher),
    magic: Uint8Array.of(0x0b, 0x11, 0x09, 0x07),
    port: 18333,
    rpcPort: 18332,
    proofOfWork: 'sha256d',
    limits: { ...BITCOIN_LIMITS, allowMinDifficulty: true },
    deployments: {
      bip16: ALWAYS,
      bip34: { kind: 'height', height: 21_111 },
      bip65: { kind: 'height', height: 581_885 },
      bip66: { kind: 'height', height: 330_776 },
      csv: { kind: 'height', height: 770_112 },
      segwit: { kind: 'height', height: 834_624 },
      taproot: ALWAYS,
    },
    scriptsFromGenesis: true,
    minVersionWithSegwit: 0,
    exceptions: new Map([
      ['00000000dd30457c001f4095d208cc1296b0eed002427aa599874af7a432b105', ['P2SH', 'WITNESS', 'TAPROOT']],
    ]),
    duplicates: {
      exceptions: new Map(),
      impossibleAfter: {
        height: 21_111,
        hash: '0000000023b3a96d3484e5abb3755c413e7d41500f8e2a5c3f0dd01299cd8ef8',
        untilHeight: 1_983_702,
      },
    },
    minimumChainWork: 0x17dde1c649f3708d14b6n,
    addresses: TEST_ADDRESSES,
  }
}

function testnet4(hasher: Hasher): ChainParameters {
  return {
    name: 'testnet4',
    genesis: genesis(TESTNET4_GENESIS, hasher),
    magic: Uint8Array.of(0x1c, 0x16, 0x3f, 0x28),
    port: 48333,
    rpcPort: 48332,
    proofOfWork: 'sha256d',
    limits: { ...BITCOIN_LIMITS, allowMinDifficulty: true, enforceBip94: true },
    deployments: ALL_ALWAYS,
    scriptsFromGenesis: true,
    minVersionWithSegwit: 0,
    exceptions: new Map(),
    duplicates: { exceptions: new Map() },
    minimumChainWork: 0x9a0fe15d0177d086304n,
    addresses: TEST_ADDRESSES,
  }
}

function signet(hasher: Hasher): ChainParameters {
  return {
    name: 'signet',
    genesis: genesis(SIGNET_GENESIS, hasher),
    magic: Uint8Array.of(0x0a, 0x03, 0xcf, 0x40),
    port: 38333,
    rpcPort: 38332,
    proofOfWork: 'sha256d',
    limits: { ...BITCOIN_LIMITS, powLimit: 0x377aen << 216n },
    deployments: ALL_ALWAYS,
    scriptsFromGenesis: true,
    minVersionWithSegwit: 0,
    exceptions: new Map(),
    duplicates: { exceptions: new Map() },
    minimumChainWork: 0xb463ea0a4b8n,
    addresses: TEST_ADDRESSES,
    signetChallenge: hexToBytes(
      '512103ad5e0edad18cb1f0fc0d28a3d4f1f3e445640337489abb10404f2d1e086be4' +
        '30210359ef5021964fe22d6f8e05b2463c9540ce96883fe3b278760f048f5189f2e6c452ae',
    )!,
  }
}

function regtest(hasher: Hasher): ChainParameters {
  return {
    name: 'regtest',
    genesis: genesis(REGTEST_GENESIS, hasher),
    magic: Uint8Array.of(0xfa, 0xbf, 0xb5, 0xda),
    port: 18444,
    rpcPort: 18443,
    proofOfWork: 'sha256d',
    limits: {
      ...BITCOIN_LIMITS,
      powLimit: (1n << 255n) - 1n,
      retargetInterval: 144,
      noRetargeting: true,
      allowMinDifficulty: true,
      halvingInterval: 150,
    },
    deployments: ALL_ALWAYS,
    scriptsFromGenesis: true,
    minVersionWithSegwit: 0,
    exceptions: new Map(),
    duplicates: { exceptions: new Map() },
    minimumChainWork: 0n,
    addresses: { ...TEST_ADDRESSES, bech32: 'bcrt' },
  }
}

function genesis(hex: string, hasher: Hasher): ChainParameters['genesis'] {
  return parseBlock(new ByteReader(hexToBytes(hex)!), hasher)
}
