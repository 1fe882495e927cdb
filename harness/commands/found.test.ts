import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { createEngine } from '../adapters/index.ts'
import { chainFileSchema } from '../ports/chain-file.ts'
import { runProgram } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-found-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function found(...options: string[]): Promise<{ exitCode: number; said: string }> {
  let said = ''
  const stream = () =>
    new Writable({
      write: (chunk, _encoding, done) => {
        said += String(chunk)
        done()
      },
    })
  const exitCode = await runProgram(['found', ...options], { stdout: stream(), stderr: stream() })
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

test.each([
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

test('a file that exists is never written over', async () => {
  const out = join(folder, 'twice.json')
  expect(await found('--name', 'twice', '--out', out)).toMatchObject({ exitCode: 0 })
  const before = readFileSync(out, 'utf8')
  expect(await found('--name', 'again', '--out', out)).toMatchObject({ exitCode: 2 })
  expect(readFileSync(out, 'utf8')).toBe(before)
})
