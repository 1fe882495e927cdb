import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createEngine, createSpecEngine } from '../../../adapters/index.ts'
import type { Engine } from '../../../ports/index.ts'
import { displayHash, doubleSha256 } from '../../../wire/index.ts'
import { runSlice, WHOLE } from '../run.ts'
import { collectSets } from '../sets.ts'
import { minedBlock } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-block-tests-'))
afterAll(() => rmSync(folder, { recursive: true }))

const GENESIS = '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206'
const hashOf = (block: Uint8Array) => displayHash(doubleSha256(block.subarray(0, 80)))
const hex = (block: Uint8Array) => Buffer.from(block).toString('hex')

const a1 = minedBlock(GENESIS, 1, 1)
const a2 = minedBlock(hashOf(a1), 2, 2)
const b1 = minedBlock(GENESIS, 1, 3)
const b2 = minedBlock(hashOf(b1), 9, 4)
const orphan = minedBlock('11'.repeat(32), 2, 5)
const TESTS = [
  { name: 'a1', block: hex(a1), expect: 'accepted', isActive: true, tip: hashOf(a1) },
  { name: 'b1', block: hex(b1), expect: 'accepted', isActive: false, tip: hashOf(a1) },
  { name: 'b2 of the wrong height', block: hex(b2), expect: 'rejected', reason: 'bad-cb-height' },
  { name: 'on nothing', block: hex(orphan), expect: 'orphan' },
  { name: 'a2', block: hex(a2), expect: 'accepted' },
  { name: 'bytes', block: 'ff', expect: 'orphan or rejected' },
  { name: 'the tip', tip: hashOf(a2) },
]

function run(tests: readonly unknown[], engine: Engine = createSpecEngine(), chain: unknown = 'regtest') {
  const path = join(folder, 'tests.json')
  writeFileSync(path, JSON.stringify({ format: 'touchstone-block-tests/1', chain, tests }))
  const [set] = collectSets([path])
  expect(set!.isSequential).toBe(true)
  const { passed, failures } = runSlice(set!, engine, WHOLE, () => 0)
  return { passed, failures: failures.map(({ id, message }) => `${id}: ${message}`) }
}

describe('block tests', () => {
  it.each(['spec', 'node'] as const)('%s passes', (name) => {
    expect(run(TESTS, createEngine(name))).toEqual({ passed: 7, failures: [] })
  })

  it.each([
    [0, { expect: 'rejected' }, 'expected rejected, connected, got connected'],
    [0, { isActive: false }, 'expected accepted, stored, got connected'],
    [1, { tip: hashOf(b1) }, `expected tip ${hashOf(b1)}, got tip ${hashOf(a1)}`],
    [2, { expect: 'accepted' }, 'expected accepted as bad-cb-height, got rejected (invalid, bad-cb-height)'],
    [
      2,
      { reason: 'bad-cb-amount' },
      'expected rejected as bad-cb-amount, got rejected (invalid, bad-cb-height)',
    ],
    [3, { expect: 'rejected' }, 'expected rejected, got rejected (missing, prev-blk-not-found)'],
    [6, { tip: GENESIS }, `expected tip ${GENESIS}`],
  ])('test %i fails with %o', (index, change, message) => {
    const changed = TESTS.map((test, at) => (at === index ? { ...test, ...change } : test))
    expect(run(changed).failures[0]).toContain(`${index} ${TESTS[index]!.name}: ${message}`)
  })

  it('a chain may differ from a built-in one', () => {
    const early = { base: 'regtest', deployments: { bip34: { kind: 'never' } } }
    expect(run(TESTS, createSpecEngine(), early).failures[0]).toContain(
      '2 b2 of the wrong height: expected rejected',
    )
  })

  it.each([
    [{ name: 'x', block: '0', expect: 'accepted' }, 'regtest', 'test 0: '],
    [{ name: 'x', block: 'ff', expected: 'accepted' }, 'regtest', 'test 0: '],
    [{ name: 'x' }, 'regtest', 'test 0: '],
    [TESTS[0], 'nowhere', 'chain: there is no built-in chain nowhere'],
  ])('%o on %s is an error', (test, chain, message) => {
    expect(() => run([test], createSpecEngine(), chain)).toThrow(message)
  })
})
