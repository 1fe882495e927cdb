import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { type BadInput, expectHandled, PLAYED_OR_REFUSED, story } from './testing.ts'

const NINES = '9'.repeat(400)
const HARD = `${'0'.repeat(20)}${'f'.repeat(44)}`

/** The arguments of one line of the shell. */
const typed = (line: string) => line.split(' ').map((word) => (word === "''" ? '' : word))

describe('options', () => {
  it.each([
    'frobnicate',
    '__proto__',
    'constructor',
    "''",
    '\u001b[31mred\u0007',
    'simulate --nope',
    'simulate --seeds 0',
    'simulate --seeds -1',
    'simulate --seeds 1.5',
    'simulate --seeds 1e3',
    'simulate --seeds 0x10',
    'simulate --seeds 99999999999999999999',
    "simulate --seeds ''",
    'simulate --seeds',
    'simulate --seed 2147483648',
    'simulate --nodes 1',
    'simulate --nodes 17',
    'simulate --profile hostile',
    'simulate --without loss,__proto__',
    "simulate --without ''",
    'simulate --budget soon',
    'simulate --budget -5s',
    'simulate --budget Infinity',
    `simulate --budget ${NINES}h`,
    'simulate --budget 10001h',
    'simulate --jobs -1',
    'simulate --jobs 65',
    'simulate what',
    'run --seed abc',
    'run --jobs 0',
    `run --budget ${NINES}`,
    'node',
    'judge',
    'judge --template nowhere.json',
    'judge --template package.json',
    'audit',
    'audit http://127.0.0.1:1',
    'audit http://127.0.0.1:1 nowhere',
    'audit http://127.0.0.1:1 http://127.0.0.1:2',
    'audit http://127.0.0.1:1 http://127.0.0.1:2 --cookie package.json',
    'fuzz',
    'fuzz --stdin --scripts 5',
    'fuzz --scripts 0',
    'fuzz --stdin --engine btcd',
    'rules --chain dogecoin',
    'rules --chain __proto__',
    'rules --at 0',
    'rules --at -1',
    'rules --at yesterday',
    `rules --at ${'ab'.repeat(32)}`,
    'rules where',
    'rules --out x.html',
    'bench --peer nothing:/x --runs 1',
    'bench --runs 0',
    'bench --peer bitcoind:/nonexistent --runs 1',
    'mutants U99',
    'mutants __proto__',
    'conform --node spec --strict very',
    'conform',
    'conform --node spec --generated 0',
    'conform --node spec --generated 1.5',
    'vectors',
    'vectors none',
    'vectors v --jobs 0',
    'vectors v --engine core',
    'vectors fetch',
    'ledger',
    'ledger --chain-data none',
    'report none',
    'report --format pdf',
    'help nothing',
  ])('%s', (line) => expectHandled({ argv: typed(line) }))
})

describe('rules where', () => {
  it.each(['((((', 'constructor__', '__proto__', '.*', `${'a'.repeat(50_000)}`])('%.40s', (word) =>
    expectHandled({ argv: ['rules', 'where', word], exit: [0, 1] }),
  )
})

describe('chain new and chain branch', () => {
  const NEW = 'chain new --name a'
  const BRANCH = 'chain branch --name a'
  it.each([
    'chain',
    'chain new',
    "chain new --name ''",
    'chain new --name Mine',
    'chain new --name ../evil',
    'chain new --name /evil',
    'chain new --name __proto__',
    `chain new --name ${'a'.repeat(33)}`,
    `${NEW} --out x/../../../proc/1/x.json`,
    `${NEW} --out /dev/full`,
    `${NEW} --message ${'x'.repeat(76)}`,
    `${NEW} --message ${'😀'.repeat(19)}`,
    `${NEW} --time -1`,
    `${NEW} --time 4294967296`,
    `${NEW} --base nothing`,
    `${NEW} --base __proto__`,
    `${NEW} --base bitcoin`,
    `${NEW} --limit powLimit`,
    `${NEW} --limit gas=5`,
    `${NEW} --limit __proto__=5`,
    `${NEW} --limit targetSpacingSeconds=0`,
    `${NEW} --limit targetSpacingSeconds=-1`,
    `${NEW} --limit maxBlockWeight=big`,
    `${NEW} --limit maxBlockWeight=1`,
    `${NEW} --limit powLimit=${'0'.repeat(64)}`,
    `${NEW} --limit powLimit=${HARD}`,
    `${NEW} --limit maxMoneySats=1`,
    `${NEW} --deployment bip999=always`,
    `${NEW} --deployment __proto__=always`,
    `${NEW} --deployment taproot=soon`,
    `${NEW} --deployment taproot=${NINES}`,
    `${BRANCH} --from bitcoin`,
    `${BRANCH} --at 5`,
    `${BRANCH} --from nothing --at 5 --deployment taproot=never`,
    `${BRANCH} --from bitcoin --at 5`,
    `${BRANCH} --from bitcoin --at 800000 --deployment segwit=never`,
    'chain branch --name A --from bitcoin --at 800000 --deployment taproot=900000',
    'found --name a --at 5',
    'found --name a --branch bitcoin',
  ])('%s', (line) => expectHandled({ argv: typed(line) }))

  it('never write over what is there', async () => {
    const argv = typed(NEW)
    await expectHandled({ argv, files: { 'a.json': 'mine' }, says: 'a.json: exists already' })
    await expectHandled({ argv, prepare: (folder) => symlinkSync('elsewhere', join(folder, 'a.json')) })
    await expectHandled({ argv: [...argv, '--out', 'd'], prepare: (folder) => mkdirSync(join(folder, 'd')) })
    await expectHandled({ argv: [...argv, '--out', 'f/x.json'], files: { f: '' } })
  })
})

describe('paths of scenarios', () => {
  const CASES: Readonly<Record<string, Omit<BadInput, 'argv'>>> = {
    missing: { says: 's.json: no such file' },
    empty: { files: { 's.json': '' } },
    words: { files: { 's.json': 'hello' }, says: 's.json: not JSON' },
    'half of it': { files: { 's.json': story().slice(0, -7) } },
    null: { files: { 's.json': 'null' } },
    'a number': { files: { 's.json': '1e400' } },
    binary: { files: { 's.json': Uint8Array.of(0xff, 0xfe, 0, 1, 2, 0x80) } },
    'a link that leads nowhere': { prepare: (folder) => symlinkSync('nowhere', join(folder, 's.json')) },
    'a link to itself': { prepare: (folder) => symlinkSync('s.json', join(folder, 's.json')) },
    'a device': { prepare: (folder) => symlinkSync('/dev/zero', join(folder, 's.json')) },
  }
  for (const verb of ['replay', 'shrink', 'promote', 'conform'])
    it.each(Object.entries(CASES))(`${verb} %s`, (_, input) =>
      expectHandled({ argv: [verb, 's.json', ...(verb === 'conform' ? ['--node', 'spec'] : [])], ...input }),
    )

  it.each(['shrink', 'promote'])('%s takes no folder', (verb) =>
    expectHandled({ argv: [verb, '.'], says: '.: is a folder; expected a file' }),
  )

  it('of links in folders and of several files, one bad is enough', async () => {
    await expectHandled({
      argv: ['replay', '.'],
      files: { 'a.json': story() },
      prepare: (folder) => symlinkSync('nowhere', join(folder, 'l.json')),
      says: 'l.json: no such file',
    })
    await expectHandled({ argv: ['replay', 'a.json', 'b.json'], files: { 'a.json': story() } })
    await expectHandled({
      argv: ['replay', '.'],
      prepare: (folder) => symlinkSync('..', join(folder, 'up')),
      exit: [2, 3],
    })
  })

  it.each([
    ['--node', 'geth'],
    ['--node', 'stdio:'],
    ['--node', 'bitcoind:/nonexistent/bitcoind'],
    ['--node', 'bitcoind:/'],
    ['--node', 'stdio:/nonexistent/program'],
    ['--node', 'stdio:exit 7'],
    ['--junit', '/proc/nothing/x.xml'],
    ['--junit', 'd'],
    ['--trace', 'd'],
  ])('replay %s %s', (option, value) =>
    expectHandled({
      argv: ['replay', 's.json', option, value],
      files: { 's.json': story() },
      prepare: (folder) => mkdirSync(join(folder, 'd')),
    }),
  )
})

it('a budget of nothing ends at once', () =>
  expectHandled({
    argv: typed('simulate --seeds 3 --seed 1 --budget 0 --jobs 0'),
    exit: PLAYED_OR_REFUSED.concat(3),
  }))
