import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { FileError } from '../../files/index.ts'
import { fetchEntry, readManifest } from './fetch.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-fetch-'))
afterAll(() => rmSync(folder, { recursive: true }))

const content = new TextEncoder().encode('a vector')
const sha256 = createHash('sha256').update(content).digest('hex')
const commit = 'c'.repeat(40)
const entry = { path: 'core/x.json', sha256, repository: 'some/repo', commit, sourcePath: 'data/x.json' }

it('the manifest of this repository names each file, its origin and its hash', () => {
  const entries = readManifest(new URL('manifest.tsv', import.meta.url).pathname)
  expect(entries.length).toBeGreaterThan(40)
  for (const { path, sha256, repository } of entries) {
    expect(path).not.toMatch(/^\/|\.\./)
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(repository).toMatch(/^[\w.-]+\/[\w.-]+$/)
  }
})

it('a manifest without a column is refused', () => {
  const file = join(folder, 'manifest.tsv')
  writeFileSync(file, 'path\tbytes\n')
  expect(() => readManifest(file)).toThrow('line 1: expected the columns path, sha256')
})

it('gets a file by its commit, once', async () => {
  const asked: string[] = []
  const download = async (address: string) => {
    asked.push(address)
    return content
  }
  expect(await fetchEntry(entry, folder, download)).toBe('fetched')
  expect(await fetchEntry(entry, folder, download)).toBe('there already')
  expect(asked).toEqual([`https://raw.githubusercontent.com/some/repo/${commit}/data/x.json`])
  expect(readFileSync(join(folder, entry.path))).toEqual(Buffer.from(content))
})

it('keeps nothing of another hash', async () => {
  const other = { ...entry, path: 'core/y.json', sha256: '0'.repeat(64) }
  await expect(fetchEntry(other, folder, async () => content)).rejects.toThrow(FileError)
  expect(existsSync(join(folder, other.path))).toBe(false)
})
