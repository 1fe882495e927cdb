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
import { FileError, readBytes, readText, writeWhole } from './index.ts'

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
    expect(readdirSync(folder).sort()).toEqual(['file', 'folder'])
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
