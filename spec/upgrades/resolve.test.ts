import { describe, expect, it } from 'vitest'
import type { Bip8 } from '../chains/index.ts'
import { chainByName } from '../chains/index.ts'
import { rulesOf } from '../language/index.ts'
import { PROPOSALS } from '../proposals/index.ts'
import { stages } from '../rules/index.ts'
import { branch } from '../rules/testing.ts'
import { hash, height } from '../vocabulary/index.ts'
import { collisions, datesOf, resolve, resolveAtHeight, rulesInForce, slotTable, UPGRADES } from './index.ts'
import type { Upgrade } from './upgrade.ts'

const chain = chainByName('bitcoin')!
/** What is in force in the main chain's block of this height. */
const at = (blocks: number, name?: string) =>
  resolveAtHeight(chain, height(blocks), name === undefined ? undefined : hash(name))
const features = (height: number) => [...at(height).features].sort()
const ids = (height: number) => [...rulesInForce(at(height))].map(({ rule }) => rule.id)

describe('what is in force on the main chain', () => {
  it.each([
    [227_930, 'bip34', false],
    [227_931, 'bip34', true],
    [363_724, 'bip66', false],
    [363_725, 'bip66', true],
    [388_380, 'bip65', false],
    [388_381, 'bip65', true],
    [419_327, 'csv', false],
    [419_328, 'csv', true],
    [481_823, 'segwit', false],
    [481_824, 'segwit', true],
    [709_631, 'taproot', false],
    [709_632, 'taproot', true],
  ])('at %i: %s %s', (height, id, isActive) => {
    expect(at(height).upgrades.some((upgrade) => upgrade.id === id)).toBe(isActive)
  })
  it('switches features of the script machine', () => {
    expect(features(1)).toEqual(['P2SH', 'TAPROOT', 'WITNESS'])
    expect(features(800_000)).toEqual([
      'CHECKLOCKTIMEVERIFY',
      'CHECKSEQUENCEVERIFY',
      'DERSIG',
      'NULLDUMMY',
      'P2SH',
      'TAPROOT',
      'WITNESS',
    ])
  })
  it('replaces a rule only by superseding it', () => {
    expect([419_327, 419_328].map((height) => ids(height).includes('final-by-block-time'))).toEqual([
      true,
      false,
    ])
    expect([419_327, 419_328].map((height) => ids(height).includes('final-by-median-time'))).toEqual([
      false,
      true,
    ])
    expect([481_823, 481_824].map((height) => ids(height).includes('no-witness'))).toEqual([true, false])
  })
  it('leaves features out for the blocks that broke them', () => {
    const [p2sh, taproot] = [...chain.exceptions.keys()]
    expect([...at(170_060, p2sh).features]).toEqual([])
    expect(at(692_261, taproot).features.has('TAPROOT')).toBe(false)
    expect(at(709_632).features.has('TAPROOT')).toBe(true)
  })
})

describe('on a chain whose scripts are judged from genesis on', () => {
  const early = chain
  const on = (blocks: number, judged = early, name?: string) =>
    resolveAtHeight(judged, height(blocks), name === undefined ? undefined : hash(name))
  it.each([
    [1, ['P2SH', 'TAPROOT', 'WITNESS']],
    [300_000, ['P2SH', 'TAPROOT', 'WITNESS']],
    [363_725, ['DERSIG', 'P2SH', 'TAPROOT', 'WITNESS']],
    [
      481_824,
      ['CHECKLOCKTIMEVERIFY', 'CHECKSEQUENCEVERIFY', 'DERSIG', 'NULLDUMMY', 'P2SH', 'TAPROOT', 'WITNESS'],
    ],
  ])('block %i is judged under %o', (height, expected) =>
    expect([...on(height).features].sort()).toEqual(expected),
  )
  it('heights govern the other rules', () => {
    const ids = [...rulesInForce(on(300_000))].map(({ rule }) => rule.id)
    expect(ids).toContain('no-witness')
    expect(ids).not.toContain('witness-commitment')
    expect(on(300_000).upgrades.map(({ id }) => id)).not.toContain('segwit')
  })
  it('exceptions hold, and what the chain never deploys does not apply', () => {
    const [p2sh, taproot] = [...chain.exceptions.keys()]
    expect([...on(170_060, early, p2sh).features]).toEqual([])
    expect([...on(170_061, early, taproot).features].sort()).toEqual(['P2SH', 'WITNESS'])
    const without = { ...early, deployments: { ...early.deployments, taproot: { kind: 'never' as const } } }
    expect([...on(800_000, without).features]).not.toContain('TAPROOT')
  })
  it('an upgrade has two dates', () => {
    const segwit = UPGRADES.find(({ id }) => id === 'segwit')!
    const csv = UPGRADES.find(({ id }) => id === 'csv')!
    const history = { kind: 'height', height: 481_824 }
    expect(datesOf(segwit, early)).toEqual({ scripts: { kind: 'always' }, history })
    expect(datesOf(segwit, { ...chain, scriptsFromGenesis: false })).toEqual({ scripts: history, history })
    expect(datesOf(csv, early).scripts).toEqual({ kind: 'height', height: 419_328 })
  })
})

describe('BIP8', () => {
  const csv: Bip8 = {
    kind: 'bip8',
    bit: 0,
    startHeight: 4,
    timeoutHeight: 12,
    lockInOnTimeout: true,
    threshold: 3,
    window: 4,
  }
  const on = (height: number, deployment = csv) => {
    const parent = branch(Array.from({ length: height }, (_, time) => time))
    return resolve({ chain: { ...chain, deployments: { ...chain.deployments, csv: deployment } }, parent })
  }
  it('makes blocks signal in the last period before the timeout', () => {
    const duties = [7, 8, 11, 12].map((height) => on(height).mustSignal)
    const duty = { bit: csv.bit, window: 4, silentMax: 1 }
    expect(duties).toEqual([[], [duty], [duty], []])
    expect(on(8, { ...csv, lockInOnTimeout: false }).mustSignal).toEqual([])
  })
  it('is in force a period after it locked in', () => {
    const isActive = [15, 16].map((height) => on(height).isInForce('relative-lock'))
    expect(isActive).toEqual([false, true])
  })
})

describe('BIP30', () => {
  const isActive = (resolved: ReturnType<typeof at>) => resolved.isInForce('no-overwrite')
  const [exception] = chain.bip30Exceptions
  it('leaves two blocks alone, by height and hash', () => {
    expect(isActive(at(exception!.height, exception!.hash))).toBe(false)
    expect(isActive(at(exception!.height))).toBe(true)
    expect(isActive(at(exception!.height + 1, exception!.hash))).toBe(true)
  })
  it('is implied on the branch of the main chain that has the first block of BIP34, for a while', () => {
    const bip34 = {
      ...branch([0], {}, 227_931),
      hash: hash('000000000000024b89b42a942fe0d9fea3bb44ab7bd1b19115dd6a759c0808b8'),
    }
    const on = (height: number, below = bip34) => {
      const parent = height - 1 === below.height ? below : { ...branch([0], {}, height - 1), parent: below }
      return isActive(resolve({ chain, parent }))
    }
    expect([227_932, 1_983_701, 1_983_702].map((height) => on(height))).toEqual([false, false, true])
    expect(on(227_932, branch([0], {}, 227_931))).toBe(true)
    expect(isActive(at(227_931))).toBe(true)
  })
})

describe('BIP30 on testnet3', () => {
  it('is implied above its first block of BIP34', () => {
    const testnet3 = chainByName('testnet3')!
    const bip34 = {
      ...branch([0], {}, 21_111),
      hash: hash('0000000023b3a96d3484e5abb3755c413e7d41500f8e2a5c3f0dd01299cd8ef8'),
    }
    const isAsked = (parent: typeof bip34) => resolve({ chain: testnet3, parent }).isInForce('no-overwrite')
    expect([bip34, branch([0], {}, 21_111)].map(isAsked)).toEqual([false, true])
  })
})

describe('composition', () => {
  const claim = (id: string, slot: string): Upgrade => ({
    id,
    text: '',
    sources: [],
    deployment: { kind: 'always' },
    slots: [slot],
  })
  it('is possible for all that is deployed and drafted', () => {
    expect(collisions([...UPGRADES, ...PROPOSALS])).toEqual([])
    expect(slotTable(PROPOSALS).get('NOP4')).toEqual(['bip119'])
  })
  it('names two that claim one place', () => {
    const two = [claim('a', 'NOP4'), claim('b', 'NOP5'), ...PROPOSALS]
    expect(collisions(two)).toEqual([{ slot: 'NOP4', upgrades: ['a', 'bip119'] }])
    const both = [claim('a', 'NOP4'), claim('b', 'NOP4')]
    expect(() => resolve({ chain, parent: branch([0]) }, both)).toThrow('a and b both claim NOP4')
  })
  it('switches a draft on when it is deployed', () => {
    const draft = PROPOSALS.find(({ id }) => id === 'bip119')
    const known = [...UPGRADES, { ...draft!, deployment: { kind: 'height' as const, height: 5 } }]
    const isOn = [4, 5].map((height) =>
      resolve({ chain, parent: branch([0], {}, height - 1) }, known).features.has(draft!.features![0]!),
    )
    expect(isOn).toEqual([false, true])
  })
})

describe('the table of contents', () => {
  const listed = Object.values(stages).flatMap((list) => [...rulesOf(list as typeof stages.block)])
  it('has every rule once, with a sentence and a source', () => {
    const ids = listed.map(({ rule }) => rule.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { rule } of listed) {
      expect(rule.must).toMatch(/MUST.*\.$/)
      expect(rule.sources.length).toBeGreaterThan(0)
    }
  })
  it('says in the sentence itself since when, and until when, a rule is in force', () => {
    const sentence = (id: string) => listed.find(({ rule }) => rule.id === id)!.rule.must
    for (const { deployment, rules = [], supersedes = [], isExempt } of UPGRADES) {
      for (const { must } of rules) {
        if (typeof deployment === 'string') expect(must).toMatch(/^Once (BIP\d+|segwit) is in force, /)
        if (isExempt !== undefined) expect(must).toMatch(/, except /)
      }
      for (const id of supersedes) expect(sentence(id)).toMatch(/^Before (BIP\d+|segwit) is in force, /)
    }
  })
  it('has every rule that an upgrade brings', () => {
    const ids = new Set(listed.map(({ rule }) => rule.id))
    for (const upgrade of UPGRADES) for (const rule of upgrade.rules ?? []) expect(ids).toContain(rule.id)
  })
})
