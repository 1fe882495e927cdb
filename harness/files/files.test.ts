import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FileError, filesBelow, readBytes, readText, readUnpacked, writeNew, writeWhole } from './index.ts'

let folder: string
const at = (name: string) => join(folder, name)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('writing', () => {
  test('makes folders, replaces a file, keeps its permissions and leaves nothing beside it', () => {
    writeWhole(at('a/b/c.txt'), 'one')
    chmodSync(at('a/b/c.txt'), 0o640)
    writeWhole(at('a/b/c.txt'), 'two')
    expect(readFileSync(at('a/b/c.txt'), 'utf8')).toBe('two')
    expect(statSync(at('a/b/c.txt')).mode & 0o777).toBe(0o640)
    expect(readdirSync(at('a/b'))).toEqual(['c.txt'])
  })

  test('goes through a link, which stays', () => {
    writeFileSync(at('real'), 'old')
    symlinkSync(at('real'), at('link'))
    writeWhole(at('link'), 'new')
    expect(lstatSync(at('link')).isSymbolicLink()).toBe(true)
    expect(readFileSync(at('real'), 'utf8')).toBe('new')
  })

  test('goes into a device, which stays', () => {
    writeWhole('/dev/null', 'gone')
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  test('that fails names the path in one line and leaves nothing', () => {
    writeFileSync(at('file'), '')
    expect(() => writeWhole(at('file/below'), '')).toThrow(
      new FileError(`${at('file/below')}: part of the path is not a folder`),
    )
    mkdirSync(at('folder'))
    expect(() => writeWhole(at('folder'), '')).toThrow(`${at('folder')}: is a folder; expected a file`)
    expect(() => writeWhole(at(`new/${'long'.repeat(100)}`), '')).toThrow('the name is too long')
    expect(readdirSync(folder).sort()).toEqual(['file', 'folder'])
  })

  test('comes back from a file system that makes no folders', () => {
    expect(() => writeWhole('/proc/nothing/at/all', '')).toThrow(/^\/proc\/nothing\/at\/all: /)
  })

  test('of a new file never replaces one, a link neither', () => {
    writeNew(at('a/new'), 'first')
    expect(() => writeNew(at('a/new'), 'second')).toThrow(new FileError(`${at('a/new')}: exists already`))
    symlinkSync(at('nowhere'), at('a/link'))
    expect(() => writeNew(at('a/link'), '')).toThrow('exists already')
    expect(readFileSync(at('a/new'), 'utf8')).toBe('first')
    expect(readdirSync(at('a')).sort()).toEqual(['link', 'new'])
  })
})

describe('reading', () => {
  test('gives the bytes, and a text without its byte order mark', () => {
    writeFileSync(at('text'), '\uFEFF{}')
    expect(readText(at('text'))).toBe('{}')
    expect(readBytes(at('text'))).toHaveLength(5)
  })

  test('refuses folders, pipes, devices, dangling links, what is absent and what is too large', () => {
    execFileSync('mkfifo', [at('pipe')])
    symlinkSync(at('nowhere'), at('dangling'))
    writeFileSync(at('large'), 'xxxx')
    const said = (path: string, bytesMax?: number): string => {
      try {
        readBytes(path, bytesMax)
        return 'read'
      } catch (error) {
        expect(error).toBeInstanceOf(FileError)
        return (error as Error).message
      }
    }
    expect(said(folder)).toBe(`${folder}: is a folder; expected a file`)
    expect(said(at('pipe'))).toBe(`${at('pipe')}: neither a file nor a folder`)
    expect(said('/dev/zero')).toBe('/dev/zero: neither a file nor a folder')
    expect(said(at('dangling'))).toBe(`${at('dangling')}: no such file`)
    expect(said(at('absent'))).toBe(`${at('absent')}: no such file`)
    expect(said(at('large'), 3)).toBe(`${at('large')}: has 4 bytes; expected at most 3`)
    expect(existsSync(at('pipe'))).toBe(true)
  })
})

describe('walking', () => {
  test('gives files in the order of names, through links, and enters no folder from inside itself', () => {
    for (const name of ['b/2.json', 'b/1.json', 'a/3.txt', 'c.json']) writeWhole(at(name), '')
    symlinkSync(at('a'), at('d'))
    symlinkSync('..', at('b/up'))
    expect(filesBelow(folder)).toEqual(['a/3.txt', 'b/1.json', 'b/2.json', 'c.json', 'd/3.txt'].map(at))
    expect(filesBelow(folder, (name) => name.endsWith('.json'))).toEqual(
      ['b/1.json', 'b/2.json', 'c.json'].map(at),
    )
    expect(filesBelow(at('a/3.txt'), () => false)).toEqual([at('a/3.txt')])
  })

  test('names a link that leads nowhere, when such a file is wanted', () => {
    symlinkSync('nowhere', at('gone.json'))
    expect(() => filesBelow(folder)).toThrow(new FileError(`${at('gone.json')}: no such file`))
    expect(filesBelow(folder, (name) => name.endsWith('.txt'))).toEqual([])
    writeFileSync(at('here.json'), '')
    const lost: string[] = []
    const found = filesBelow(
      folder,
      () => true,
      ({ message }) => lost.push(message),
    )
    expect(found).toEqual([at('here.json')])
    expect(lost).toEqual([`${at('gone.json')}: no such file`])
    expect(() => filesBelow(at('absent'))).toThrow(`${at('absent')}: no such file`)
  })
})

describe('unpacking', () => {
  /** One frame of runs of 1,000 bytes each, without a content size. */
  function runs(count: number): Buffer {
    const frame = [Buffer.from('28b52ffd0058', 'hex')]
    for (let index = 0; index < count; index++) {
      const head = (1000 << 3) | (1 << 1) | (index === count - 1 ? 1 : 0)
      frame.push(Buffer.of(head & 255, (head >> 8) & 255, head >> 16, 0x61))
    }
    return Buffer.concat(frame)
  }
  const BZIP2_OF_A = Buffer.from(
    '425a683931415926535919939b6b00000001002000200021184682ee48a70a120332736d60',
    'hex',
  )
  const said = (content: Uint8Array, bytesMax?: number): string => {
    writeFileSync(at('packed'), content)
    try {
      return `${readUnpacked(at('packed'), bytesMax).length} bytes`
    } catch (error) {
      expect(error).toBeInstanceOf(FileError)
      return (error as Error).message.replace(`${at('packed')}: `, '')
    }
  }

  test('gives what is packed, and anything else as it is', () => {
    expect(said(runs(300))).toBe('300000 bytes')
    expect(said(BZIP2_OF_A)).toBe('1 bytes')
    expect(said(Buffer.from('plain'))).toBe('5 bytes')
  })

  test('stops at the limit, before the memory is taken', () => {
    expect(said(runs(300), 200_000)).toBe('unpacks to more than 200000 bytes')
    expect(said(Buffer.from('28b52ffda0ffffffff0d0000', 'hex'))).toBe('unpacks to more than 536870912 bytes')
  })

  test('takes as little time as the file deserves: a window is moved about once a block', () => {
    // 1,000 runs of one byte in a window of 128 MB.
    const many = Buffer.from(`28b52ffd0088${'0a000061'.repeat(1_000)}`, 'hex')
    expect(said(many)).toBe('damaged zstd data: too many blocks for windows of this size')
    // Behind a harmless frame, and behind one that is skipped.
    const skipped = Buffer.from('502a4d18030000000a0b0c', 'hex')
    expect(said(Buffer.concat([runs(1), skipped, many]))).toBe(
      'damaged zstd data: too many blocks for windows of this size',
    )
    expect(said(Buffer.concat([runs(1), skipped, runs(2)]))).toBe('3000 bytes')
    const windowOfGigabytes = Buffer.from('28b52ffd00a80b000061', 'hex')
    expect(said(Buffer.concat([runs(1), windowOfGigabytes]))).toBe('unpacks to more than 536870912 bytes')
  })

  test('names damage in one line', () => {
    for (const damaged of [
      runs(3).subarray(0, -1),
      Buffer.from('28b52ffd', 'hex'),
      Buffer.from('28b52ffd00000000ffffffffff', 'hex'),
      Buffer.from('BZh9garbagegarbage'),
      BZIP2_OF_A.subarray(0, -3),
      Buffer.from(BZIP2_OF_A).fill(0xff, 12, 14),
    ])
      expect(said(damaged)).toMatch(/^damaged (zstd|bzip2) data: [^\n]+$/)
  })
})
