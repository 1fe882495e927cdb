import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { chainLookup } from '../adapters/index.ts'
import { readCorpus } from './corpus.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-corpus-'))
afterAll(() => rmSync(folder, { recursive: true }))
const story = new URL('../../scenarios/limits/coinbase-maturity-edge.json', import.meta.url).pathname
for (const place of ['one/limits/edge', 'two/limits/edge', 'one/limits/other']) {
  mkdirSync(join(folder, place, '..'), { recursive: true })
  cpSync(story, join(folder, `${place}.json`))
}

it('names stories by folder and file, and by more of the path where two would share a name', () => {
  const ids = (...paths: string[]) =>
    readCorpus(
      paths.map((path) => join(folder, path)),
      chainLookup,
    ).map(({ id }) => id)
  expect(ids('one')).toEqual(['limits/edge', 'limits/other'])
  expect(ids('.')).toEqual(['one/limits/edge', 'limits/other', 'two/limits/edge'])
  expect(ids('one/limits/edge.json', 'one/limits/edge.json')).toEqual(['limits/edge'])
})
