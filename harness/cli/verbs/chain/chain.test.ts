import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { chainLookup, createEngine } from '../../../adapters/index.ts'
import { chainFileSchema } from '../../../ports/index.ts'
import { runProgram } from '../../program.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-found-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Said = { exitCode: number; said: string }

const found = (...options: string[]) => touchstone('found', ...options)

async function touchstone(...argv: string[]): Promise<Said> {
  let said = ''
  const stream = () =>
    new Writable({
      write: (chunk, _encoding, done) => {
        said += String(chunk)
        done()
      },
    })
  const exitCode = await runProgram(argv, { stdout: stream(), stderr: stream() })
  return { exitCode, said }
}

test('both engines open a founded chain at the genesis that was mined for it', async () => {
  const out = join(folder, 'mine.json')
  const options = ['--time', '1700000000', '--limit', 'coinbaseMaturityBlocks=5', '--deployment', 'segwit=10']
  expect(await found('--name', 'mine', '--out', out, ...options)).toMatchObject({ exitCode: 0 })
  const chain = chainFileSchema.parse(JSON.parse(readFileSync(out, 'utf8')))
  expect(chain.limits.coinbaseMaturityBlocks).toBe(5)
  expect(chain.deployments.segwit).toEqual({ kind: 'height', height: 10 })
  const [spec, node] = (['spec', 'node'] as const).map((name) => createEngine(name).openChain(chain).tip())
  expect(spec).toEqual(node)
  expect(spec?.hash).not.toBe(createEngine('spec').openChain('regtest').tip().hash)
})

test('both engines open a branch at the genesis of its parent, and its rules differ from the height on', async () => {
  const out = join(folder, 'branch.json')
  const options = ['--branch', 'bitcoin', '--at', '700000', '--deployment', 'taproot=700000']
  expect(await found('--name', 'earlier', '--out', out, ...options)).toMatchObject({ exitCode: 0 })
  const chain = chainFileSchema.parse(JSON.parse(readFileSync(out, 'utf8')))
  const parent = chainLookup('bitcoin')!
  expect(chain).toEqual({
    ...parent,
    name: 'earlier',
    magic: chain.magic,
    deployments: { ...parent.deployments, taproot: { kind: 'height', height: 700000 } },
  })
  expect(chain.magic).not.toBe(parent.magic)
  for (const name of ['spec', 'node'] as const)
    expect(createEngine(name).openChain(chain).tip()).toEqual(createEngine(name).openChain('bitcoin').tip())
})

const BRANCH = ['--name', 'x', '--branch', 'bitcoin']

test.each([
  ['a branch at no height', [...BRANCH, '--deployment', 'taproot=709633'], '--at'],
  ['a height without a branch', ['--name', 'x', '--at', '7'], '--branch'],
  ['a branch that differs in nothing', [...BRANCH, '--at', '7'], '--deployment'],
  ['a branch of no chain', ['--name', 'x', '--branch', 'dogecoin', '--at', '7'], 'dogecoin'],
  ['a branch with limits', [...BRANCH, '--at', '7', '--limit', 'coinbaseMaturityBlocks=5'], 'limits'],
  [
    'a branch that changes what lies below it',
    [...BRANCH, '--at', '481825', '--deployment', 'segwit=481826'],
    'from 481824 on',
  ],
  [
    'a branch that differs one block below it',
    [...BRANCH, '--at', '700001', '--deployment', 'taproot=700000'],
    'from 700000 on',
  ],
  [
    'an unknown deployment of a branch',
    [...BRANCH, '--at', '481825', '--deployment', 'nonsense=481826'],
    'nonsense',
  ],
  ['no slug', ['--name', 'Mine'], 'expected a slug'],
  ['an unknown limit', ['--name', 'x', '--limit', 'nonsense=1'], 'nonsense'],
  ['an unknown base', ['--name', 'x', '--base', 'dogecoin'], 'dogecoin'],
  ['a deployment at no height', ['--name', 'x', '--deployment', 'segwit=soon'], 'always, never or a height'],
  ['a target too hard to mine here', ['--name', 'x', '--base', 'bitcoin'], 'powLimit'],
])('%s is one line, exit code 2, and no file', async (_what, options, line) => {
  const out = join(folder, 'bad.json')
  const { exitCode, said } = await found('--out', out, ...options)
  expect(exitCode).toBe(2)
  expect(said.trim().split('\n')).toHaveLength(1)
  expect(said).toContain(line)
  expect(existsSync(out)).toBe(false)
})

test('the new names do what the old one does', async () => {
  const file = (name: string) => join(folder, `${name}.json`)
  const genesis = ['--time', '1700000000', '--limit', 'coinbaseMaturityBlocks=5']
  await touchstone('found', '--name', 'same', '--out', file('old'), ...genesis)
  expect(await touchstone('chain', 'new', '--name', 'same', '--out', file('new'), ...genesis)).toMatchObject({
    exitCode: 0,
  })
  expect(readFileSync(file('new'), 'utf8')).toBe(readFileSync(file('old'), 'utf8'))
  const branch = ['--name', 'b', '--at', '700000', '--deployment', 'taproot=700000']
  await touchstone('found', '--branch', 'bitcoin', '--out', file('old-branch'), ...branch)
  await touchstone('chain', 'branch', '--from', 'bitcoin', '--out', file('new-branch'), ...branch)
  expect(readFileSync(file('new-branch'), 'utf8')).toBe(readFileSync(file('old-branch'), 'utf8'))
  expect(await touchstone('chain', 'branch', '--name', 'b', '--at', '7')).toMatchObject({ exitCode: 2 })
})

test('a file that exists is never written over', async () => {
  const out = join(folder, 'twice.json')
  expect(await found('--name', 'twice', '--out', out)).toMatchObject({ exitCode: 0 })
  const before = readFileSync(out, 'utf8')
  expect(await found('--name', 'again', '--out', out)).toMatchObject({ exitCode: 2 })
  expect(readFileSync(out, 'utf8')).toBe(before)
})
