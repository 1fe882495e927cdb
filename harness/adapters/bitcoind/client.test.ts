import { describe, expect, it } from 'vitest'
import { asVersionTwo, type ChainFile } from '../../ports/index.ts'
import { chainLookup } from '../chains.ts'
import { BITCOIND } from './client.ts'

const regtest = chainLookup('regtest')!
const fromGenesis = { ...asVersionTwo(regtest), scriptsFromGenesis: true }
const optionsFor = (chain: ChainFile) => BITCOIND.optionsFor(chain, regtest)
const withFork = (id: keyof ChainFile['deployments'], deployment: ChainFile['deployments']['csv']) =>
  optionsFor({
    ...asVersionTwo(regtest),
    scriptsFromGenesis: false,
    deployments: { ...regtest.deployments, [id]: deployment },
  })
const withLimits = (limits: Partial<ChainFile['limits']>) =>
  optionsFor({ ...regtest, limits: { ...regtest.limits, ...limits } })
const heightsIn = (options: ReturnType<typeof optionsFor>) =>
  options.can ? options.args.filter((arg) => arg.startsWith('-testactivationheight')) : options.why

describe('the options that make bitcoind a node of a chain', () => {
  it('are its own defaults on its own chain', () => {
    const options = optionsFor(regtest)
    expect(options.can && options.args).toContain('-regtest')
    expect(heightsIn(options)).toEqual([])
  })
  it('begin soft forks by height under the names that Core has for them', () => {
    const at = { kind: 'height', height: 7 } as const
    expect(heightsIn(withFork('bip34', at))).toEqual(['-testactivationheight=bip34@7'])
    expect(heightsIn(withFork('bip65', at))).toEqual(['-testactivationheight=cltv@7'])
    expect(heightsIn(withFork('bip66', at))).toEqual(['-testactivationheight=dersig@7'])
    expect(heightsIn(withFork('csv', at))).toEqual(['-testactivationheight=csv@7'])
  })
  it('begin a soft fork that never begins at a height that is never reached', () => {
    expect(heightsIn(withFork('csv', { kind: 'never' }))).toEqual(['-testactivationheight=csv@2147483646'])
  })
  it('begin the rules of segwit at a height where scripts are judged from genesis on; taproot has no others', () => {
    const at = { kind: 'height', height: 7 } as const
    const deployments = { ...regtest.deployments, segwit: at, taproot: at }
    expect(heightsIn(optionsFor({ ...fromGenesis, deployments }))).toEqual(['-testactivationheight=segwit@7'])
  })
  it('switch BIP94 on', () => {
    const options = withLimits({ enforceBip94: true })
    expect(options.can && options.args).toContain('-test=bip94')
  })
})

describe('bitcoind abstains from a chain', () => {
  it.each(['bip16', 'segwit', 'taproot'] as const)('on which %s is never deployed', (id) => {
    const deployments = { ...regtest.deployments, [id]: { kind: 'never' } } as ChainFile['deployments']
    expect(optionsFor({ ...fromGenesis, deployments })).toMatchObject({
      can: false,
      why: expect.stringContaining(id),
    })
  })
  it.each(['bip16', 'segwit', 'taproot'] as const)('on which the scripts of %s begin late', (id) => {
    expect(withFork(id, { kind: 'height', height: 7 })).toMatchObject({
      can: false,
      why: expect.stringContaining(id),
    })
  })
  it('on which a soft fork begins by anything but a height', () => {
    expect(withFork('csv', { kind: 'time', medianTime: 5 })).toMatchObject({ can: false })
  })
  it('with other limits, another genesis block or exceptions', () => {
    expect(withLimits({ coinbaseMaturityBlocks: 99 })).toEqual({
      can: false,
      why: 'its coinbaseMaturityBlocks is 100, not 99',
    })
    expect(optionsFor(chainLookup('tiny')!)).toEqual({
      can: false,
      why: 'its chain is regtest, which has another genesis block',
    })
    const exception = { hash: 'ab'.repeat(32), features: [] }
    expect(optionsFor({ ...fromGenesis, scriptFlagExceptions: [exception] })).toMatchObject({ can: false })
    expect(optionsFor({ ...fromGenesis, wholePeriodRetarget: true })).toEqual({
      can: false,
      why: 'its wholePeriodRetarget is false, not true',
    })
  })
})
