import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import type { RunRecord } from '../../../reports/index.ts'
import { type BadInput, expectHandled, PLAYED_OR_REFUSED, story } from './testing.ts'

const text = (content: string) => Buffer.from(content)
const bytes = (hex: string, ...more: Uint8Array[]) => Buffer.concat([Buffer.from(hex, 'hex'), ...more])

/** One zstd frame of 5,000 runs of 2^17 bytes each: kilobytes that unpack to more than is allowed. [RFC 8878] */
function bomb(): Buffer {
  const run = Buffer.of(0x02, 0x00, 0x10, 0x61)
  return Buffer.concat([Buffer.from('28b52ffd0038', 'hex'), ...Array(5_000).fill(run)])
}

const DAMAGED: Readonly<Record<string, Uint8Array>> = {
  'an empty file': text(''),
  words: text('hello world'),
  'half of JSON': text('[["1", "", "P2SH", "OK"]'),
  'JSON nested 100,000 deep': text(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  'zstd of nothing known': bytes('28b52ffd00000000ffffffffff'),
  'zstd cut short': bytes('28b52ffd'),
  'zstd that announces 4 GB': bytes('28b52ffda0ffffffff0d0000'),
  'zstd that unpacks to half a gigabyte': bomb(),
  'bzip2 of nothing known': text('BZh9garbagegarbage'),
  'bzip2 cut short': text('BZh91AY&SY'),
  'half a block': bytes('f9beb4d9ffffff7f'),
  'the magic of a block alone': bytes('f9beb4d9'),
  'a block that announces 4 GB': bytes('f9beb4d9ffffffff', Buffer.alloc(100)),
  'a block of an unknown chain': bytes('f9beb4d951000000', Buffer.alloc(80, 7), Buffer.of(0)),
}

const FILES: Readonly<Record<string, (folder: string) => void>> = {
  'a folder': (folder) => mkdirSync(join(folder, 'f')),
  'a device without end': (folder) => symlinkSync('/dev/zero', join(folder, 'f')),
  'a link that leads nowhere': (folder) => symlinkSync('nowhere', join(folder, 'f')),
  'a link to itself': (folder) => symlinkSync('f', join(folder, 'f')),
  '3 GB of nothing': (folder) => {
    writeFileSync(join(folder, 'f'), '')
    truncateSync(join(folder, 'f'), 3 * 2 ** 30)
  },
}

const READERS: Readonly<Record<string, { argv: readonly string[]; exit?: BadInput['exit'] }>> = {
  // A folder of vectors may be empty: nothing is found out then.
  vectors: { argv: ['vectors', 'f', '--jobs', '1'], exit: [2, 3] },
  ledger: { argv: ['ledger', '--chain-data', 'f'] },
  report: { argv: ['report', 'f'] },
  'a baseline': { argv: ['conform', 's.json', '--node', 'spec', '--baseline', 'f'] },
  'a manifest': { argv: ['vectors', 'fetch', '--out', 'out', '--manifest', 'f'] },
  replay: { argv: ['replay', 'f'], exit: [2, 3] },
}

describe.each(Object.entries(READERS))('%s of', (_, { argv, exit = [2] }) => {
  it.each(Object.entries(DAMAGED))('%s', (__, content) =>
    expectHandled({
      argv,
      files: { f: content, 's.json': story() },
      exit: argv[0] === 'vectors' ? [1, ...exit] : exit,
    }),
  )
  it.each(Object.entries(FILES))('%s', (__, prepare) =>
    expectHandled({ argv, files: { 's.json': story() }, prepare, exit }),
  )
})

describe('a question to the ledger', () => {
  it.each([
    ['--trace', 'hello'],
    ['--trace', '__proto__:0'],
    ['--trace', 'b1:99999999999'],
    ['--trace', 'b1'],
    ['--trace', ''],
    ['--balance', 'nobody here'],
    ['--balance', ''],
    ['--balance', 'abc'],
    ['--balance', 'z'.repeat(2_000_000)],
    ['--balance', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
    ['--verify-payment', 'x'],
    ['--format', 'qif'],
  ])('%s %.20s', (option, value) =>
    expectHandled({
      argv: ['ledger', '--chain-data', 's.json', option, value],
      files: { 's.json': story() },
    }),
  )

  it('about a payer nobody knows', () =>
    expectHandled({
      argv: ['ledger', '--chain-data', 's.json', '--verify-payment', 'b1:0', '--payer', 'x y'],
      files: { 's.json': story() },
    }))

  it('about what is not there', () =>
    expectHandled({
      argv: ['ledger', '--chain-data', 's.json', '--trace', `${'ab'.repeat(32)}:0`],
      files: { 's.json': story() },
      exit: [1],
    }))
})

describe('a book of an odd chain', () => {
  it.each<[string, Record<string, unknown>]>([
    ['whose subsidy exceeds all money', { chain: { base: 'tiny', limits: { maxMoneySats: 1 } } }],
    ['with a negative output', { blocks: { b1: { extends: 'genesis', coinbase: { value: -1 } } } }],
    ['of the year 2106', { startTime: 0xffffffff }],
  ])('%s', (_, changes) =>
    expectHandled({
      argv: ['ledger', '--chain-data', 's.json', '--format', 'hledger'],
      files: { 's.json': story(changes) },
      exit: PLAYED_OR_REFUSED,
    }),
  )
})

describe('a run file is refused', () => {
  const HEAD = {
    type: 'run',
    format: 'touchstone-run/1',
    title: 't',
    chain: 'tiny',
    nodes: ['a', 'b'],
    startTimeMs: 0,
    genesis: 'g',
  }
  const MESSAGE = { type: 'message', at: 1, from: 'a', to: 'b', command: 'c', bytes: 1, fate: 'delivered' }
  const lines = (...records: readonly object[]) =>
    `${records.map((record) => JSON.stringify(record)).join('\n')}\n`
  const cases: Readonly<Record<string, string>> = {
    'that is a list': '[1]\n',
    'that is null': 'null\n',
    'with a record of a number': lines({ type: 5 }),
    'without a head': lines({ type: 'step', at: 0, index: 0, text: 'x' } satisfies RunRecord),
    'with half a head': lines({ type: 'run', format: 'touchstone-run/1' }),
    'of another format': lines({ ...HEAD, format: 'touchstone-run/2' }),
    'with an object as title': lines({ ...HEAD, title: { a: 1 } }),
    'with markup as title': lines({ ...HEAD, title: { markup: '<script>1</script>' } }),
    'with markup as chain': lines({ ...HEAD, chain: { markup: '<img src=x onerror=alert(1)>' } }),
    'with a string of nodes': lines({ ...HEAD, nodes: 'ab' }),
    'with an empty message': lines(HEAD, { type: 'message' }),
    'with a word as time': lines(HEAD, { ...MESSAGE, at: 'x' }),
    'with a time beyond numbers': lines(HEAD, MESSAGE).replace('"at":1', '"at":1e400'),
    'with a string of items': lines(HEAD, { ...MESSAGE, items: 'zz' }),
    'with no verdict': lines(HEAD, {
      type: 'verdict',
      at: 1,
      node: 'a',
      subject: 'block',
      item: 'b',
      hash: 'h',
      verdict: null,
    }),
    'with no groups': lines(HEAD, { type: 'partition', at: 1, groups: null }),
    'with a height of 10^300': lines(HEAD, {
      type: 'block',
      at: 1,
      name: 'b',
      hash: 'h',
      parent: 'g',
      height: 1e300,
      transactions: 1,
    }),
    'with an unknown record': lines(HEAD, { type: 'surprise', at: 1 }),
    'with a record of a prototype': lines(HEAD, { type: '__proto__', at: 1 }),
    'cut in its last line': lines(HEAD, MESSAGE).slice(0, -20),
  }
  it.each(Object.entries(cases))('%s', (_, content) =>
    expectHandled({ argv: ['report', 'r.ndjson'], files: { 'r.ndjson': content } }),
  )

  it('where blocks are their own ancestors, the page is written all the same', async () => {
    const own = (name: string, hash: string, parent: string, height: number) => ({
      type: 'block',
      at: 1,
      name,
      hash,
      parent,
      height,
      transactions: 1,
    })
    const tip = { type: 'tip', at: 1, node: 'a', item: 'b', hash: 'h', height: 1, disconnected: 0 }
    for (const blocks of [[own('b', 'h', 'h', 1)], [own('b', 'h', 'k', 1), own('c', 'k', 'h', 2)]])
      await expectHandled({
        argv: ['report', 'r.ndjson'],
        files: { 'r.ndjson': lines(HEAD, ...blocks, tip) },
        exit: [0, 2],
      })
  })

  it('a long one is written in bounded time', () =>
    expectHandled({
      argv: ['report', 'r.ndjson'],
      files: {
        'r.ndjson': lines(
          HEAD,
          ...Array.from({ length: 50_000 }, (_, at) => ({ ...MESSAGE, at, arrivesAt: at + 5 })),
        ),
      },
      exit: [0],
    }))

  it('a page that cannot be written spoils the run', () =>
    expectHandled({
      argv: ['report', 'r.ndjson', '--out', 'd'],
      files: { 'r.ndjson': lines(HEAD) },
      prepare: (folder) => mkdirSync(join(folder, 'd')),
    }))
})

describe('a baseline is refused', () => {
  const failing = (failure: object) =>
    JSON.stringify({ format: 'touchstone-baseline/1', failures: [failure] })
  it.each([
    ['that is a list', '[]'],
    ['without a format', '{"failures":[]}'],
    ['with an unknown field', '{"format":"touchstone-baseline/1","failures":[],"x":1}'],
    ['without a reason', failing({ id: 'x' })],
    ['until soon', failing({ id: 'x', why: 'y', until: 'soon' })],
  ])('%s', (_, content) =>
    expectHandled({
      argv: ['conform', 's.json', '--node', 'spec', '--baseline', 'b.json'],
      files: { 's.json': story(), 'b.json': content },
    }),
  )
})

describe('a manifest is refused', () => {
  const HEAD = 'path\tsha256\tsource_repo\tcommit\tsource_path'
  const row = (path: string) => `${HEAD}\n${path}\t${'0'.repeat(64)}\ta/b\t${'c'.repeat(40)}\tx\n`
  it.each([
    ['without columns', 'path\n'],
    ['that leads up', row('../x')],
    ['that leads up from below', row('a/../../x')],
    ['that leads elsewhere', row('/etc/x')],
  ])('%s', (_, content) =>
    expectHandled({
      argv: ['vectors', 'fetch', '--out', 'out', '--manifest', 'm.tsv'],
      files: { 'm.tsv': content },
    }),
  )
})
