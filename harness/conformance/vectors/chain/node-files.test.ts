import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readBlock } from '../../../wire/index.ts'
import { runVectors } from '../index.ts'
import { nodeFilesIn, readNodeFiles } from './node-files.ts'
import { framed, testBlock } from './testing.ts'

const GENESIS = '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206'
const KEY = Buffer.from('8d1f33a7c05e6b92', 'hex')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-node-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, content: Uint8Array, key?: Buffer): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, key === undefined ? content : content.map((byte, at) => byte ^ key[at % key.length]!))
  return path
}

function chainOf(length: number): Uint8Array[] {
  const blocks: Uint8Array[] = []
  for (let mark = 0, previous = GENESIS; mark < length; mark++) {
    const block = testBlock(previous, mark)
    blocks.push(block)
    previous = readBlock(block)!.hash
  }
  return blocks
}

const [a, b, c, d] = chainOf(4) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
const hashes = [a, b, c, d].map((bytes) => readBlock(bytes)!.hash)

it('a data directory is its block files, whatever lies beside them', () => {
  write('blocks/blk00000.dat', framed([a]))
  write('blocks/blk00001.dat', framed([b]))
  write('blocks/rev00000.dat', Buffer.from('undo'))
  write('blocks/index/000003.log', Buffer.from('index'))
  const files = ['blk00000.dat', 'blk00001.dat'].map((name) => join(folder, 'blocks', name))
  expect(nodeFilesIn(folder)).toEqual(files)
  expect(nodeFilesIn(join(folder, 'blocks'))).toEqual(files)
  expect(nodeFilesIn(join(folder, 'blocks/index'))).toBeUndefined()
})

it.each([
  ['plain', undefined],
  ['obfuscated', KEY],
  ['with a key of zeros', Buffer.alloc(8)],
])('blocks of several files, out of order, allocated ahead, %s', (_, key) => {
  if (key !== undefined) write('xor.dat', key)
  const paths = [
    write('blk00000.dat', framed([a, d]), key),
    write('blk00001.dat', framed([c, b]), key),
    write('blk00002.dat', Buffer.alloc(64)),
  ]
  // What was allocated and never written is zeros on the disk, with a key or without.
  appendFileSync(paths[0]!, Buffer.alloc(50))
  const read = readNodeFiles(paths)
  expect(read.blocks.map(({ hash }) => hash)).toEqual(hashes)
  expect(read.notes).toEqual(['blk00000.dat: 50 zero bytes at the end'])
  expect(read.missing).toBeUndefined()
})

it('what is missing, foreign or damaged is named with its file', () => {
  const torn = write('blk00000.dat', framed([a, b]).subarray(0, -9))
  expect(readNodeFiles([torn]).missing).toMatch(/^blk00000.dat: the end of the block of \d+ bytes/)
  const foreign = write('blk00001.dat', framed([c], 'f9beb4d9'))
  expect(() => readNodeFiles([torn, foreign])).toThrow(
    `${foreign}: expected the magic fabfb5da, got f9beb4d9`,
  )
  const other = write('blk00002.dat', Buffer.from('x'.repeat(500)))
  expect(() => readNodeFiles([other])).toThrow(`${other}: expected blocks behind magic and length`)
  const empty = write('blk00003.dat', Buffer.alloc(9))
  expect(() => readNodeFiles([empty])).toThrow(`${folder}: block files without a block`)
  write('xor.dat', KEY.subarray(0, 7))
  expect(() => readNodeFiles([torn])).toThrow('xor.dat: expected a key of 8 bytes, got 7')
})

it.each([1, 2])('runs as one chain on %i threads', { timeout: 60_000 }, async (jobs) => {
  write('blocks/xor.dat', KEY)
  write('blocks/blk00000.dat', framed([a, d]), KEY)
  write('blocks/blk00001.dat', framed([c, b]), KEY)
  const [result, ...others] = await runVectors([folder], { engine: 'spec', jobs })
  expect(others).toEqual([])
  expect(result).toMatchObject({ format: 'block files of a node', rows: 5 })
})
