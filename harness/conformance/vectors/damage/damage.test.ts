import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../../adapters/index.ts'
import { displayHash, doubleSha256 } from '../../../wire/index.ts'
import { framed, minedBlock } from '../chain/testing.ts'
import { DAMAGES } from './damages.ts'
import { type DamageResult, damageFiles } from './experiment.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-damage-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

const GENESIS = '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206'
const hashOf = (block: Uint8Array) => displayHash(doubleSha256(block.subarray(0, 80)))
const hex = (block: Uint8Array) => Buffer.from(block).toString('hex')

const a1 = minedBlock(GENESIS, 1, 1)
const a2 = minedBlock(hashOf(a1), 2, 2)
const a3 = minedBlock(hashOf(a2), 3, 3)
const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'tests.json': JSON.stringify([
    ['1', '1 EQUAL', 'P2SH', 'OK'],
    ['2', '1 EQUAL', 'P2SH,STRICTENC', 'EVAL_FALSE'],
    ['0', 'VERIFY', 'MINIMALDATA', 'VERIFY'],
    ["'ABCDEF'", 'SIZE 6 EQUALVERIFY DROP 1', '', 'OK'],
  ]),
  'base58.json': JSON.stringify(
    [
      ['61', '2g'],
      ['626262', 'a3gV'],
      ['73696d706c79206120', '42VbMV4Ff6sA1'],
    ].slice(0, 2),
  ),
  'blocks.dat': framed([a1, a2, a3]),
  'blocks.txt': `${[a1, a2, a3].map(hex).join('\n')}\n`,
  'block-tests.json': JSON.stringify({
    format: 'touchstone-block-tests/1',
    chain: 'regtest',
    tests: [
      { name: 'first', block: hex(a1), expect: 'accepted', isActive: true, tip: hashOf(a1) },
      { name: 'third before second', block: hex(a3), expect: 'orphan', reason: 'prev-blk-not-found' },
      { name: 'second', block: hex(a2), expect: 'accepted', isActive: true, tip: hashOf(a2) },
      { name: 'the tip', tip: hashOf(a2) },
    ],
  }),
}

describe('a vector file that comes to harm', () => {
  let results: DamageResult[] = []
  beforeAll(() => {
    for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content)
    const paths = Object.keys(FILES).map((name) => join(folder, name))
    results = paths.flatMap((path) =>
      damageFiles([path], { engine: createEngine('node'), places: 6, seed: 4 }),
    )
  }, 120_000)

  it('is harmed in ten ways, each noticed or explained', () => {
    expect(Object.keys(DAMAGES)).toHaveLength(10)
    expect(new Set(results.map(({ damage }) => damage))).toEqual(new Set(Object.keys(DAMAGES)))
    expect(results.filter(({ tried, noticed, why }) => noticed < tried && why === undefined)).toEqual([])
    expect(
      results.every(({ noticed, message }) => noticed === 0 || (message !== undefined && message !== '')),
    ).toBe(true)
  })

  it.each([
    ['flip', ['base58.json']],
    ['cut', ['tests.json', 'block-tests.json']],
    ['swap', ['base58.json']],
    ['misspell', ['block-tests.json']],
    ['repeat', ['base58.json', 'tests.json', 'blocks.txt']],
    ['insert', Object.keys(FILES)],
    ['blank', ['base58.json', 'tests.json', 'block-tests.json']],
    ['expect', ['tests.json']],
  ])('%s is always noticed in %j', (damage, names) => {
    const found = results.filter(
      (result) => result.damage === damage && names.some((name) => result.file.endsWith(`/${name}`)),
    )
    expect(found).toHaveLength(names.length)
    for (const { file, tried, noticed } of found) expect(noticed, file).toBe(tried)
  })

  it('has the same harm for the same seed, and other harm for another', { timeout: 60_000 }, () => {
    const path = join(folder, 'tests.json')
    const engine = createEngine('node')
    const message = (seed: number) =>
      damageFiles([path], { engine, places: 3, seed }).map((result) => result.message?.replace(/\S+\//, ''))
    expect(message(9)).toEqual(message(9))
    expect(message(9)).not.toEqual(message(10))
  })

  it('is not harmed where nothing is expected of it', () => {
    writeFileSync(join(folder, 'prose.md'), '# A page\n')
    expect(
      damageFiles([join(folder, 'prose.md')], { engine: createEngine('node'), places: 1, seed: 1 }),
    ).toEqual([])
  })
})
