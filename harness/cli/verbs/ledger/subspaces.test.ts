import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'touchstone-subspaces-'))

function ledger(story: string, ...subspaces: string[]) {
  const files = subspaces.map((name) =>
    name.includes('/') ? name : join(ROOT, `spec/subspaces/examples/${name}.json`),
  )
  const args = ['ledger', '--chain-data', `scenarios/contracts/${story}.json`, '--subspace', ...files]
  const { status, stdout, stderr } = spawnSync(process.execPath, ['harness/bin/touchstone', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

it('says which payments each subspace accepts, and which what they share', () => {
  const { status, stdout } = ledger('subspaces-of-law-and-tax', 'inland', 'free-port')
  expect(stdout).toContain('common part (最大公约数): at most 2000000000 sats; parties')
  expect(stdout).toMatch(
    /^untaxed: valid to the protocol\n {2}inland: refused, tax: .*\n {2}free-port: acceptable$/m,
  )
  expect(status).toBe(1)
})

it.each([
  ['not JSON', 'hello', /^touchstone: \S+bad\.json: not JSON: [^\n]*\n$/],
  ['another format', '{"format":"x"}', /^touchstone: \S+bad\.json: format: Invalid input[^\n]*\n$/],
  ['a key that stands twice', '{"name":"a","name":"b"}', /^touchstone: \S+bad\.json: [^\n]*name[^\n]*\n$/],
])('%s: one line, exit code 2', (_, text, line) => {
  const bad = join(folder, 'bad.json')
  writeFileSync(bad, text)
  const { status, stderr } = ledger('subspaces-of-law-and-tax', bad)
  expect(stderr).toMatch(line)
  expect(status).toBe(2)
})
