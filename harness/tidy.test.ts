/** What no linter knows: whether the house is in order. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { rulesOf, stages, UPGRADES } from '../spec/index.ts'
import { readScenario } from './scenario/index.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const LINES_MAX = 250

/** Words that plain English has no need of. Stories may keep their voice. */
const ARCHAIC = /\b(anew|befalls?|lest|whoever|of late|not to be had|h(is|im))\b/gi

/** A lambda's argument that is called `one`: it has a noun. */
const NAMELESS = /\(one\b[^)=]*\) =>|\bone =>/g

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
  for (const file of files.filter((name) => !name.endsWith('.test.ts'))) {
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

const SOURCES = ['spec', 'impl', 'harness', 'reports']

test('files are small enough to be read in one go', () => {
  for (const file of SOURCES.flatMap((folder) => filesUnder(folder, '.ts')).filter(
    (name) => !name.endsWith('.test.ts'),
  ))
    expect(read(file).split('\n').length, file).toBeLessThanOrEqual(LINES_MAX)
})

test('code and pages are in plain English', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', ...SOURCES.flatMap((folder) => filesUnder(folder, '.md'))]
  expectNowhere([...sourceFiles(), ...pages], ARCHAIC)
})

test("a lambda's argument has a noun", () => {
  expectNowhere(sourceFiles(), NAMELESS)
})

test('an index lists what its room offers', () => {
  const indexes = sourceFiles().filter((file) => file.endsWith('/index.ts'))
  expect(indexes.length).toBeGreaterThan(30)
  expect(indexes.filter((file) => read(file).includes('export *'))).toEqual([])
})

test('impl reads nothing of spec, its tests neither', () => {
  const files = filesUnder('impl', '.ts')
  expect(files.length).toBeGreaterThan(200)
  for (const file of files) expect(read(file), file).not.toMatch(/['"`/]spec\//)
})

/** What only a codec has, and harness/wire is the harness's one. */
const CODEC: Readonly<Record<string, RegExp>> = {
  'a CompactSize': /(<|===|of\(|\[0\] =) ?(0xfd|253)\b/,
  'a double hash': /sha256\(sha256\(|'sha256'(, |\)\.update\()(createHash|hash)\('sha256'/,
  'the shape of a transaction': /interface \w*Transaction\b[^}]*\blockTime\b/,
  'a frame of messages': /(alloc|_BYTES =)\W{1,2}24\b|readUInt32LE\([^)]*\b16\)/,
  'a compact target': /0x7fffff\b/,
}

/** The codec, and patches of the node's text. */
const CODEC_OR_PATCH = /^harness\/(wire|conformance\/mutants\/bank)\//

test('the harness has one codec', () => {
  const [wire, others] = [true, false].map((isWire) =>
    sourceFiles().filter((file) =>
      isWire ? file.startsWith('harness/wire/') : file.startsWith('harness/') && !CODEC_OR_PATCH.test(file),
    ),
  )
  for (const [name, pattern] of Object.entries(CODEC)) {
    expect(
      wire!.some((file) => pattern.test(read(file))),
      name,
    ).toBe(true)
    expect(
      others!.filter((file) => pattern.test(read(file))),
      name,
    ).toEqual([])
  }
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

/** Every source and test but this one, which spells what it forbids. */
function sourceFiles(): string[] {
  return SOURCES.flatMap((folder) => filesUnder(folder, '.ts')).filter(
    (file) => file !== 'harness/tidy.test.ts',
  )
}

/** No file holds what the pattern matches. */
function expectNowhere(files: readonly string[], pattern: RegExp): void {
  expect(files.length).toBeGreaterThan(500)
  const hits = files.flatMap((file) => (read(file).match(pattern) ?? []).map((hit) => `${file}: ${hit}`))
  expect(hits).toEqual([])
}
