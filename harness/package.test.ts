/** What a stranger gets: the package is packed, installed without our development tools, and used. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const MINUTES = 60_000

let folder: string
let packed: readonly string[]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-package-'))
  const copy = copySources(join(folder, 'copy'))
  const [tarball] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], copy))
  packed = tarball.files.map(({ path }: { path: string }) => path)
  const home = join(folder, 'home')
  mkdirSync(home)
  writeFileSync(join(home, 'package.json'), '{"private": true, "type": "module"}')
  const install = ['install', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund']
  run('npm', [...install, join(folder, tarball.filename)], home)
}, 5 * MINUTES)

afterAll(() => rmSync(folder, { recursive: true, force: true }), MINUTES)

test('the package holds the program, its types and its data, and no tests', () => {
  for (const file of ['dist/cli.js', 'dist/types/spec/index.d.ts', 'harness/bin/touchstone'])
    expect(packed).toContain(file)
  expect(packed.filter((file) => file.startsWith('scenarios/')).length).toBeGreaterThan(100)
  expect(packed.filter((file) => /\.test\.|^\.ci|knip|vitest|biome/.test(file))).toEqual([])
})

describe('installed without development tools', () => {
  const touchstone = (...args: string[]) =>
    spawnSync(
      process.execPath,
      [join(folder, 'home/node_modules/touchstone/harness/bin/touchstone'), ...args],
      {
        cwd: join(folder, 'home'),
        encoding: 'utf8',
      },
    )

  test.each([
    ['replay', /\d+ passed, 0 failed/],
    ['simulate --seeds 5 --seed 1', /5 seeds: 5 passed/],
    ['rules where maturity', /spec\/rules\/spending\/coinbase-maturity\.ts:\d+/],
    ['rules --chain bitcoin --at 481824', /bip16/],
    ['conform --node builtin', /\d+ passed, 0 failed/],
  ])(
    '`touchstone %s` works',
    (line, output) => {
      const { stdout, stderr, status } = touchstone(...line.split(' '))
      expect(stderr).not.toMatch(/^\s+at /m)
      expect(stdout).toMatch(output)
      // A campaign of five seeds may never meet what it must meet: then it is inconclusive.
      expect([0, line.startsWith('simulate') ? 3 : 0]).toContain(status)
    },
    2 * MINUTES,
  )

  test(
    'strict TypeScript accepts the three doors',
    () => {
      const home = join(folder, 'home')
      writeFileSync(join(home, 'consumer.ts'), CONSUMER)
      const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--noEmit']
      const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
      const { stdout, status } = spawnSync(process.execPath, [tsc, ...options, 'consumer.ts'], {
        cwd: home,
        encoding: 'utf8',
      })
      expect(stdout).toBe('')
      expect(status).toBe(0)
    },
    2 * MINUTES,
  )
})

test('a checkout that was not built says so in one line', () => {
  const bare = join(folder, 'bare/harness/bin')
  mkdirSync(bare, { recursive: true })
  cpSync(join(ROOT, 'harness/bin'), bare, { recursive: true })
  writeFileSync(join(folder, 'bare/package.json'), '{"type": "module"}')
  const { stderr, status } = spawnSync(process.execPath, [join(bare, 'touchstone')], { encoding: 'utf8' })
  expect(stderr).toBe('touchstone: not built yet: run `npm run prepare`\n')
  expect(status).toBe(2)
})

const CONSUMER = `
import { chainByName, openChain, type Rule, type Verdict } from 'touchstone/spec'
import { createNode, type Node } from 'touchstone/node'
import { compileScenario, readScenario, type Engine, type Scenario } from 'touchstone/harness'
const chain = chainByName('tiny')
if (chain !== undefined) console.log(typeof openChain(chain))
export const about = (engine: Engine, story: Scenario): string => engine.name + ' ' + story.title
export type All = { node: Node; verdict: Verdict; rule: Rule<unknown, unknown> }
export { compileScenario, createNode, readScenario }
declare const console: { log(text: string): void }
`

/** The files that git knows, with the installed packages linked: packing builds, and tests beside this one read dist/. */
function copySources(target: string): string {
  const files = run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], ROOT)
  for (const file of files.split('\0').filter((name) => name !== '' && existsSync(join(ROOT, name)))) {
    mkdirSync(dirname(join(target, file)), { recursive: true })
    cpSync(join(ROOT, file), join(target, file))
  }
  symlinkSync(join(ROOT, 'node_modules'), join(target, 'node_modules'))
  return target
}

function run(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
