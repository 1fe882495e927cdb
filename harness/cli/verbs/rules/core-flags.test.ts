import { describe, expect, it } from 'vitest'
import { chainByName } from '../../../../spec/index.ts'
import { ruleSetAt } from './resolve-at.ts'

/** Where each soft fork is buried, and blocks with flags of their own. [Core 31 kernel/chainparams.cpp] */
interface CoreChain {
  readonly bip34: number
  readonly bip65: number
  readonly bip66: number
  readonly csv: number
  readonly segwit: number
  readonly exceptions?: Readonly<Record<string, { readonly at: number; readonly flags: readonly string[] }>>
}

const FROM_THE_START: CoreChain = { bip34: 1, bip65: 1, bip66: 1, csv: 1, segwit: 1 }
const CORE: Readonly<Record<string, CoreChain>> = {
  bitcoin: {
    bip34: 227_931,
    bip65: 388_381,
    bip66: 363_725,
    csv: 419_328,
    segwit: 481_824,
    exceptions: {
      '00000000000002dc756eebf4f49723ed8d30cc28a5f108eb94b1ba88ac4f9c22': { at: 170_060, flags: [] },
      '0000000000000000000f14c35b2d841e986ab5441de8c585d5ffe55ea1e395ad': {
        at: 692_261,
        flags: ['P2SH', 'WITNESS'],
      },
    },
  },
  testnet3: {
    bip34: 21_111,
    bip65: 581_885,
    bip66: 330_776,
    csv: 770_112,
    segwit: 834_624,
    exceptions: {
      '00000000dd30457c001f4095d208cc1296b0eed002427aa599874af7a432b105': { at: 394, flags: [] },
    },
  },
  testnet4: FROM_THE_START,
  signet: FROM_THE_START,
  regtest: { ...FROM_THE_START, segwit: 0 },
}

/** Under which flags Core judges a block's scripts. [Core validation.cpp GetBlockScriptFlags] */
function coreFlags(chain: CoreChain, height: number, hash?: string): readonly string[] {
  const base = (hash && chain.exceptions?.[hash]?.flags) || ['P2SH', 'WITNESS', 'TAPROOT']
  const since = (name: string, at: number) => (height >= at ? [name] : [])
  return [
    ...base,
    ...since('DERSIG', chain.bip66),
    ...since('CHECKLOCKTIMEVERIFY', chain.bip65),
    ...since('CHECKSEQUENCEVERIFY', chain.csv),
    ...since('NULLDUMMY', chain.segwit),
  ].toSorted()
}

/** Rules that begin with a soft fork, and the one that ends with segwit. [Core validation.cpp ContextualCheckBlockHeader, ContextualCheckBlock, ConnectBlock] */
function coreRules(chain: CoreChain, height: number): readonly string[] {
  const since = (at: number, ...ids: readonly string[]) => (height >= at ? ids : [])
  return [
    ...since(chain.bip34, 'coinbase-height', 'version-at-least-2'),
    ...since(chain.bip66, 'version-at-least-3'),
    ...since(chain.bip65, 'version-at-least-4'),
    ...since(chain.csv, 'final-by-median-time', 'relative-lock'),
    ...since(chain.segwit, 'no-uncommitted-witness', 'witness-commitment', 'witness-reserved-value'),
    ...(height < chain.csv ? ['final-by-block-time'] : []),
    ...(height < chain.segwit ? ['no-witness'] : []),
  ].toSorted()
}

/** Two below an activation, one below, at it, above; and far from all of them. */
function heightsOf({ bip34, bip65, bip66, csv, segwit }: CoreChain): readonly number[] {
  const around = [bip34, bip65, bip66, csv, segwit].flatMap((at) => [at - 2, at - 1, at, at + 1])
  return [...new Set([1, ...around, 300_000, 709_631, 709_632, 2_000_000])].filter((at) => at > 0)
}

const WATCHED = new Set(
  [0, Number.MAX_SAFE_INTEGER].flatMap((height) => coreRules({ ...FROM_THE_START, segwit: 1 }, height)),
)
const setAt = (chain: string, at: string) => ruleSetAt(chainByName(chain)!, at)

describe.each(Object.entries(CORE))("%s is judged under Core's flags and rules", (name, chain) => {
  it.each(heightsOf(chain))('at height %i', (height) => {
    const { features, rules } = setAt(name, String(height))
    expect(features.toSorted()).toEqual(coreFlags(chain, height))
    const watched = rules.map(({ id }) => id).filter((id) => WATCHED.has(id))
    expect(watched.toSorted()).toEqual(coreRules(chain, height))
  })
  it.each(Object.entries(chain.exceptions ?? {}))('in block %s', (hash, { at }) => {
    const { features, height } = setAt(name, hash)
    expect(height).toBe(at)
    expect(features.toSorted()).toEqual(coreFlags(chain, at, hash))
  })
})
