/** What no linter knows: whether the house is in order. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { rulesOf, stages, UPGRADES } from '../spec/index.ts'
import { readScenario } from './scenario/index.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const LINES_MAX = 420

const filesUnder = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file))

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

const rules = Object.values(stages).flatMap((checks) => [...rulesOf(checks as Parameters<typeof rulesOf>[0])])

test('every file of a rule has a test beside it, and its rules have a place in the index', () => {
  const listed = new Set(rules.map(({ rule }) => rule.id))
  const files = filesUnder('spec/rules', '.ts').filter((file) => /^ {2}id: '/m.test(read(file)))
  expect(files.length).toBeGreaterThan(30)
  for (const file of files.filter((path) => !path.endsWith('.test.ts'))) {
    expect(existsSync(join(ROOT, file.replace(/\.ts$/, '.test.ts'))), `${file} has no test beside it`).toBe(
      true,
    )
    for (const [, id] of read(file).matchAll(/^ {2}id: '([^']+)'/gm))
      expect(listed, `${file}: ${id}`).toContain(id)
  }
})

test('every rule has an id of its own, one sentence and a source', () => {
  const ids = [...new Set(rules.map(({ rule }) => rule))].map((rule) => rule.id)
  expect(ids).toEqual([...new Set(ids)])
  for (const { rule } of rules) {
    expect(rule.must, rule.id).toMatch(/MUST.*\.$/)
    expect(rule.sources.length, rule.id).toBeGreaterThan(0)
  }
})

test('every upgrade has a text and a source', () => {
  for (const { id, text, sources } of UPGRADES) {
    expect(text, id).toMatch(/\.$/)
    expect(sources.length, id).toBeGreaterThan(0)
  }
})

test('every scenario has a title, a story and an outside source', () => {
  const files = filesUnder('scenarios', '.json')
  expect(files.length).toBeGreaterThan(15)
  for (const file of files) {
    const { title, story, sources } = readScenario(read(file))
    expect([title, story, ...sources].every((text) => text.length > 3) && sources.length > 0, file).toBe(true)
  }
})

test('files are small enough to be read in one go', () => {
  const long = ['spec', 'impl', 'harness', 'reports']
    .flatMap((folder) => filesUnder(folder, '.ts'))
    .filter((file) => !file.endsWith('.test.ts') && read(file).split('\n').length > LINES_MAX)
  expect(long).toEqual([])
})

test('an index lists what its room offers', () => {
  const indexes = ['spec', 'impl', 'harness', 'reports']
    .flatMap((folder) => filesUnder(folder, '.ts'))
    .filter((file) => file.endsWith('index.ts'))
  expect(indexes.length).toBeGreaterThan(30)
  expect(indexes.filter((file) => read(file).includes('export *'))).toEqual([])
})

test('impl reads nothing of spec, its tests neither', () => {
  const files = filesUnder('impl', '.ts')
  expect(files.length).toBeGreaterThan(200)
  for (const file of files) expect(read(file), file).not.toMatch(/['"`/]spec\//)
})

test('every link of a README leads somewhere', () => {
  const pages = [
    'README.md',
    'README.zh-CN.md',
    'CONTRIBUTING.md',
    ...['spec', 'impl', 'harness', 'scenarios'].flatMap((folder) => filesUnder(folder, '.md')),
  ]
  for (const page of pages)
    for (const [, target] of read(page).matchAll(/\]\((?!https?:)([^)#]+)/g))
      expect(existsSync(join(ROOT, dirname(page), target!)), `${page} -> ${target}`).toBe(true)
})
