/**
 * Programs and scripts by which outside judges found the project wrong once, where their folder lies beside the project's:
 * `../shared/cases`, or what TOUCHSTONE_CASES names. They run the built program, as the user who has it would.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CASES = process.env.TOUCHSTONE_CASES ?? join(ROOT, '../shared/cases')
const VECTORS = process.env.TOUCHSTONE_VECTORS ?? join(ROOT, '../shared/vectors')
const BLOCKS = join(VECTORS, 'chains/mainnet-blocks-0-438.dat')
const isThere = existsSync(CASES) && existsSync(join(ROOT, 'dist/cli.js'))
const isRoot = process.getuid?.() === 0

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-outside-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(
  command: string,
  ...args: readonly string[]
): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 60_000,
    // One of them writes 300 kB with every answer.
    maxBuffer: 2 ** 26,
    env: { ...process.env, TOUCHSTONE: ROOT, TOUCHSTONE_OUT: join(folder, 'out') },
  })
  return { code: status, said: stdout + stderr }
}
const touchstone = (...args: readonly string[]) => run(process.execPath, 'harness/bin/touchstone', ...args)
const path = (name: string) => join(CASES, name)

describe.skipIf(!isThere)('what was found outside, by a program', () => {
  it.each([
    ['13-rules-change-under-data.mjs', process.execPath, 4],
    ['14-neighbours-at-one-address.mjs', process.execPath, 11],
    ['18-output-through-links.sh', 'sh', 2],
  ])('%s says pass of each of its checks', (name, program, checks) => {
    const { said } = run(program, path(name))
    expect(
      said
        .split('\n')
        .filter((line) => /^(pass|WRONG|FAULT)/.test(line))
        .map((line) => line.slice(0, 5)),
    ).toEqual(Array.from({ length: checks }, () => 'pass '))
  })

  it.skipIf(!isRoot)('19-read-only-install.sh ends with 1 and a JUnit file', () =>
    expect(run('sh', path('19-read-only-install.sh'), CASES).said).toContain('pass  exit 1 and a JUnit file'),
  )

  it('20-links-in-folders.sh plays what is there, and names the link to nothing', () => {
    const [looped, dangling] = run('sh', path('20-links-in-folders.sh')).said.trim().split('\n')
    expect(looped).toBe('1 passed, 0 failed, 0 partial, 0 not applicable')
    expect(dangling).toMatch(/^touchstone: .*\/a\/gone\.json: no such file$/)
  })

  const talkative = (mode: string) =>
    touchstone(
      ...[
        'conform',
        'scenarios/limits/coinbase-maturity-edge.json',
        'scenarios/reorg/failed-reorganisation.json',
      ],
      ...['--node', `stdio:python3 ${path('03c-talkative-handler.py')} ${mode}`],
    )

  describe('03c-talkative-handler.py', () => {
    it('cannot write on the terminal what is not its own', () => {
      const { code, said } = talkative('escape')
      expect([code, said]).toEqual([1, expect.stringContaining('1 passed, 1 failed')])
      expect(said).toContain('\\u001b[31mall passed')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
      expect(said).not.toMatch(/[\u001b\r\u0007]|^ {2}ok {2}everything/m)
    })
    it.each([
      ['banner', 2, 'its answer to hello: expected one JSON object in a line, got node v1.2.3'],
      ['extra', 2, 'its answer to hello: answer: unknown field note'],
      ['upper', 1, 'its answer to query tip: value.hash: expected 64 hex digits in lower case'],
      ['log', 1, 'it said what nobody had asked: [debug] handled one'],
      ['stderr', 0, '2 passed, 0 failed'],
    ])('%s: exit %i, %s', (mode, exit, says) => {
      const { code, said } = talkative(mode)
      expect([code, said]).toEqual([exit, expect.stringContaining(says)])
    })
  })
})

describe.skipIf(!isThere || !existsSync(BLOCKS))('04-block-files.py', () => {
  let balances: ReadonlyMap<string, { readonly code: number | null; readonly said: string }>
  beforeAll(() => {
    const out = join(folder, 'blocks')
    run('python3', path('04-block-files.py'), BLOCKS, out)
    balances = new Map(
      readdirSync(out).map((name) => [
        name,
        touchstone('ledger', '--chain-data', join(out, name, 'blk00000.dat')),
      ]),
    )
  }, 120_000)

  it.each(['preallocated', 'out-of-order', 'twice', 'obfuscated', 'obfuscated-zero-key'])(
    '%s: the same book',
    (name) => expect(balances.get(name)).toEqual(balances.get('plain')),
  )
  it('plain: a book', () => expect(balances.get('plain')).toMatchObject({ code: 0 }))
  it('torn: never a shorter book with exit 0', () => {
    const { code, said } = balances.get('torn')!
    expect([code, said]).toEqual([1, expect.stringMatching(/cut short|torn|incomplete|missing/)])
  })
})
