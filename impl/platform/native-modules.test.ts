import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const NATIVE = new Set(['lmdb', 'secp256k1', 'tiny-secp256k1'])

test('without its native packages the program loads, falls back, and says so in one line', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-bare-'))
  try {
    fs.cpSync(path.join(ROOT, 'dist'), path.join(folder, 'dist'), { recursive: true })
    fs.writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}')
    fs.mkdirSync(path.join(folder, 'node_modules'))
    for (const name of fs.readdirSync(path.join(ROOT, 'node_modules')))
      if (!NATIVE.has(name))
        fs.symlinkSync(path.join(ROOT, 'node_modules', name), path.join(folder, 'node_modules', name))
    fs.writeFileSync(
      path.join(folder, 'bare.js'),
      `await import('./dist/harness.js')
       const { chooseCrypto, LmdbStore } = await import('./dist/node.js')
       console.log(chooseCrypto().describe())
       try { new LmdbStore('store') } catch (error) { console.log(error.message) }`,
    )
    const lines = execFileSync(process.execPath, ['bare.js'], { cwd: folder, encoding: 'utf8' })
      .trim()
      .split('\n')
    expect(lines).toEqual([
      expect.stringMatching(/^javascript \(.*native did not load.*wasm did not load/),
      expect.stringMatching(/^the store on disk needs the package lmdb, which does not load: /),
    ])
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
})
