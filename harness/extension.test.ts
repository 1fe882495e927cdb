/** One more of a kind is one file and one line in an index: tried on a copy of the house, with a dummy of each. */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EXTENSION_POINTS, type ExtensionPoint } from './testing/index.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const COPY = mkdtempSync(join(tmpdir(), 'touchstone-extended-'))
const COPIED = ['spec', 'impl', 'harness', 'reports', 'scenarios', 'package.json', 'tsconfig.json']

beforeAll(() => {
  for (const name of COPIED) cpSync(join(ROOT, name), join(COPY, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(COPY, 'node_modules'))
  for (const point of EXTENSION_POINTS) extend(point)
  run(['harness/build.mjs'])
}, 300_000)

afterAll(() => rmSync(COPY, { recursive: true, force: true }))

test('the house with one more of everything type-checks', { timeout: 900_000 }, () => {
  run([join(ROOT, 'node_modules/typescript/bin/tsc'), '--incremental', 'false'])
})

for (const { kind, shownBy, prints } of EXTENSION_POINTS)
  test(`one more ${kind} is one file and one entry, and is there`, { timeout: 300_000 }, () => {
    expect(run(shownBy)).toMatch(prints)
    expect(spawnSync(process.execPath, shownBy, { cwd: ROOT, encoding: 'utf8' }).stdout).not.toMatch(prints)
  })

/** Adds the file, and its import and its entry to the index: nothing else of the copy changes. */
function extend({ file, text, index, imports, entry, before }: ExtensionPoint): void {
  expect(existsSync(join(COPY, file)), file).toBe(false)
  mkdirSync(dirname(join(COPY, file)), { recursive: true })
  writeFileSync(join(COPY, file), text)
  const listing = readFileSync(join(COPY, index), 'utf8')
  expect(listing.split(before).length, `${index}: ${JSON.stringify(before)} stands there once`).toBe(2)
  const listed = listing.replace(before, () => `${entry}\n${before}`)
  writeFileSync(
    join(COPY, index),
    listed.replace(/^import /m, () => `${imports}\nimport `),
  )
}

/** Runs node in the copy and returns what it prints. */
function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: COPY, encoding: 'utf8' })
  expect(status, `${args.join(' ')}: ${stdout.slice(-2000)}${stderr.slice(-2000)}`).toBe(0)
  return stdout
}
