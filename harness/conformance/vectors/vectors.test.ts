import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { FileError } from '../../files/index.ts'
import type { Engine, Verdict } from '../../ports/index.ts'
import { blockHash, readBlock } from '../../wire/index.ts'
import { framed, testBlock } from './chain/testing.ts'
import type { VectorSet } from './format.ts'
import { runSlice, WHOLE } from './run.ts'
import { collectSets, nameOfSet } from './sets.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-vectors-'))
afterAll(() => rmSync(folder, { recursive: true }))

const REGTEST_GENESIS = '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206'

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  return path
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const a1 = testBlock(REGTEST_GENESIS, 1)
const a2 = testBlock(blockHash(a1), 2)
const b2 = testBlock(blockHash(a1), 3)
const NONE = '00'.repeat(32)
const b3 = testBlock(blockHash(b2), 4)

/** What Core counts in a block that has nothing but its coinbase. */
function statistics(block: Uint8Array) {
  const fees = {
    avgfee: 0,
    avgfeerate: 0,
    totalfee: 0,
    maxfee: 0,
    maxfeerate: 0,
    medianfee: 0,
    minfee: 0,
    minfeerate: 0,
  }
  const sizes = { avgtxsize: 0, maxtxsize: 0, mediantxsize: 0, mintxsize: 0, total_size: 0, total_weight: 0 }
  const segwit = { swtotal_size: 0, swtotal_weight: 0, swtxs: 0 }
  const coins = { utxo_increase: 1, utxo_increase_actual: 1, utxo_size_inc: 51, utxo_size_inc_actual: 51 }
  const time = readBlock(block)!.time
  return {
    blockhash: blockHash(block),
    height: 1,
    mediantime: time,
    time,
    subsidy: 5_000_000_000,
    feerate_percentiles: [0, 0, 0, 0, 0],
    ins: 0,
    outs: 1,
    total_out: 0,
    txs: 1,
    ...fees,
    ...sizes,
    ...segwit,
    ...coins,
  }
}

describe('formats are recognised by content', () => {
  it.each([
    ['framed blocks', framed([a1, a2])],
    ['framed blocks', Buffer.concat([framed([a1, a2]), framed([b2]).subarray(0, 60)])],
    ['blocks in hex', `${hex(a1)}\n${hex(a2)}\n`],
    ['branches of blocks', JSON.stringify([[hex(a1), hex(a2)], [hex(b2)]])],
    ['blocks with statistics', JSON.stringify({ blocks: [hex(a1)], stats: [statistics(a1)] })],
    ['SipHash', JSON.stringify([{ key: ['00', '00'], input: [], expected: {} }])],
    [
      'base58',
      JSON.stringify([
        ['', ''],
        ['61', '2g'],
      ]),
    ],
    ['addresses', JSON.stringify([['1abc'], ['x']])],
    [
      'block filters',
      JSON.stringify([
        ['Block Height,Block Hash,Block,rest'],
        [1, blockHash(a1), hex(a1), [], NONE, '00', NONE],
      ]),
    ],
  ])('%s', (format, content) => {
    expect(collectSets([file('one', content)]).map((set) => set.format)).toEqual([format])
  })

  it.each([
    ['nonsense', 'hello'],
    ['an unknown JSON', '{"a":1}'],
    [
      'a block whose Merkle root does not fit',
      Uint8Array.from(a1, (byte, at) => (at === 40 ? byte ^ 1 : byte)),
    ],
    ['an empty file', ''],
  ])('%s is an error that names the file', (_, content) => {
    const path = file('bad', content)
    expect(() => collectSets([path])).toThrow(FileError)
    expect(() => collectSets([path])).toThrow(`${path}: no known format`)
  })

  it('compares each statistic of a block, and wants all of them', () => {
    const counted = statistics(a1)
    const verdictOf = (changed: object, mediantime = counted.mediantime) => {
      const content = JSON.stringify({ blocks: [hex(a1)], stats: [{ ...counted, mediantime, ...changed }] })
      const session = { medianTimePast: () => counted.mediantime, coinCount: () => 1 }
      const [set] = collectSets([file('statistics', content)])
      const found = set!.table().cases.find(({ id }) => id === 'statistics at 1')
      return found!.run({ openChain: () => session } as unknown as Engine)
    }
    expect(verdictOf({})).toBe('pass')
    const fields = Object.keys(counted).filter(
      (name) => !['height', 'feerate_percentiles', 'blockhash'].includes(name),
    )
    for (const name of fields) expect(verdictOf({ [name]: 7 }), name).not.toBe('pass')
    expect(verdictOf({ blockhash: NONE })).not.toBe('pass')
    expect(verdictOf({ feerate_percentiles: [0, 0, 0, 0, 1] })).not.toBe('pass')
    expect(() => verdictOf({ height: 2 })).toThrow('statistics: stats: expected a block at height 2')
    expect(() => verdictOf({ txs: 'one' })).toThrow('stats.0.txs: ')
    expect(() => verdictOf({ fees: 1 })).toThrow('stats.0.Unrecognized key: "fees"')
  })

  it.each([
    ['in an object of its own', '{"blocks": [], "blocks": []}', 'blocks'],
    ['in a row', '[{"a": 1}, {"key": 1, "\\u006bey": 2}]', '1.key'],
    ['before a comma that is passed over', '[{"key": 1, "key": 2},]', '0.key'],
  ])('a key that is there twice %s is an error with its place', (_, content, place) => {
    const path = file('bad', content)
    expect(() => collectSets([path])).toThrow(`${path}: ${place}: the key is there twice`)
  })

  it('names the row of a damaged block', () => {
    const path = file('bad', `${hex(a1)}\n${hex(a2).slice(2)}\n`)
    expect(() => collectSets([path])).toThrow('line 2: expected the hex of a whole block')
  })
})

describe('files that continue each other are joined', () => {
  it('orders them by parent, whatever their names', () => {
    rmSync(join(folder, 'fork'), { recursive: true, force: true })
    file('fork/z.dat', framed([a1, a2]))
    file('fork/y.dat', framed([b2]))
    file('fork/x.dat', framed([b3]))
    const [set, ...rest] = collectSets([join(folder, 'fork')])
    expect(rest).toEqual([])
    expect(nameOfSet(set!)).toBe('fork/z.dat … x.dat')
    expect(ids(set!)).toEqual([
      `1 ${blockHash(a1)}`,
      `2 ${blockHash(a2)}`,
      `2 ${blockHash(b2)}`,
      `3 ${blockHash(b3)}`,
    ])
  })

  it('pairs a block with the coins it spends by their number', () => {
    rmSync(join(folder, 'pair'), { recursive: true, force: true })
    const spending = readBlock(a1)!
    file('pair/block', Uint8Array.from(a1))
    // a1 spends nothing, so that no file of coins fits: the coins stay unknown and the other file is a stranger.
    file('pair/coins', Buffer.from('0100000000000000015101', 'hex'))
    expect(spending.transactions).toHaveLength(1)
    expect(() => collectSets([join(folder, 'pair')])).toThrow('coins: no known format')
  })
})

describe('files that cannot be read', () => {
  it('stop the run, or are counted', () => {
    rmSync(join(folder, 'mixed'), { recursive: true, force: true })
    file('mixed/good', framed([a1]))
    const stray = file('mixed/stray', 'hello')
    const damaged = file('mixed/damaged', `${hex(a1)}\nzz\n`)
    const packed = file('mixed/packed', Buffer.from('BZh9garbage'))
    const dangling = join(folder, 'mixed/a-link')
    symlinkSync('nowhere', dangling)
    execFileSync('mkfifo', [join(folder, 'mixed/pipe')])
    expect(() => collectSets([join(folder, 'mixed')])).toThrow(dangling)
    expect(() => collectSets([damaged])).toThrow(damaged)
    const heard: string[] = []
    const sets = collectSets([join(folder, 'mixed')], { onUnreadable: (message) => heard.push(message) })
    expect(sets.map(({ format }) => format)).toEqual(['framed blocks'])
    expect(heard).toEqual([
      `${dangling}: no such file`,
      `${damaged}: line 2: expected the hex of a whole block`,
      expect.stringContaining(`${packed}: damaged bzip2 data`),
      `${join(folder, 'mixed/pipe')}: neither a file nor a folder`,
      `${stray}: no known format of test vectors`,
    ])
  })
})

describe('chain cases', () => {
  const path = file('chain', framed([a1, a2, b2, b3]))

  it('expects the branch of most work to win, first seen on ties, and its coins', () => {
    const digest = 'c0'.repeat(32)
    const result = runSlice(
      collectSets([path])[0]!,
      engineSaying(['connected', 'connected', 'stored', 'connected'], digest),
      WHOLE,
      () => 0,
    )
    expect(result.passed).toBe(4)
    expect(result.failures.map(({ id }) => id)).toEqual(['coins'])
    expect(result.failures[0]!.message).toMatch(/expected 3 coins [0-9a-f]{64}, got 3 coins c0c0/)
  })

  it('demands that a block without its parent is refused as such', () => {
    const [set] = collectSets([file('gap', framed([a1, b3]))])
    const orphan = (verdict: Verdict) =>
      set!.table().cases[1]!.run({ openChain: () => ({ deliverBlock: () => verdict }) } as unknown as Engine)
    expect(ids(set!)).toEqual([`1 ${blockHash(a1)}`, `${blockHash(b3)} without its parent`])
    expect(orphan({ outcome: 'rejected', class: 'missing', reason: 'prev-blk-not-found' })).toBe('pass')
    expect(orphan({ outcome: 'connected' })).not.toBe('pass')
  })

  it('fails a block that is judged otherwise', () => {
    const result = runSlice(
      collectSets([path])[0]!,
      engineSaying(['connected', 'connected', 'connected', 'connected'], ''),
      WHOLE,
      () => 0,
    )
    expect(result.failures[0]!.message).toBe('expected stored, got connected')
  })
})

function ids(set: VectorSet): string[] {
  return set
    .table()
    .cases.map(({ id }) => id.replace('block ', ''))
    .filter((id) => id !== 'coins')
}

/** An engine that answers from a list, and whose tip follows what it says. */
function engineSaying(outcomes: readonly Exclude<Verdict['outcome'], 'rejected'>[], digest: string): Engine {
  let delivered = 0
  const tips = [a1, a2, a2, b3]
  const session = {
    deliverBlock: (): Verdict => ({ outcome: outcomes[delivered++]! }),
    tip: () => ({
      hash: blockHash(tips[delivered - 1]!),
      height: [1, 2, 2, 3][delivered - 1]!,
      chainWork: 0n,
    }),
    coinCount: () => 3,
    coinDigest: () => digest,
  }
  return { name: 'list', capabilities: new Set(['blocks']), openChain: () => session } as unknown as Engine
}
