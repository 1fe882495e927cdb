import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createEngine, createSpecEngine } from '../../../adapters/index.ts'
import type { Engine } from '../../../ports/index.ts'
import { runSlice, WHOLE } from '../run.ts'
import { collectSets } from '../sets.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-drafts-'))
afterAll(() => rmSync(folder, { recursive: true }))
const spec = createSpecEngine()

function run(content: unknown, engine: Engine = spec) {
  const path = join(folder, 'vectors.json')
  writeFileSync(path, JSON.stringify(content))
  const [set] = collectSets([path])
  return runSlice(set!, engine, WHOLE, () => 0)
}

const PROPOSALS = join(process.env.TOUCHSTONE_VECTORS ?? '', 'proposals')
const read = (name: string) => JSON.parse(readFileSync(join(PROPOSALS, name), 'utf8'))

describe.skipIf(!existsSync(PROPOSALS))('the BIPs’ own vectors', () => {
  it('BIP54: two chains are invalid today already', () => {
    const chains = read('bip-0054/coinbases.json')
    expect(run(chains)).toMatchObject({ passed: 5, skipped: 2, failures: [] })
    const turned = chains.map((chain: { valid: boolean }) => ({ ...chain, valid: !chain.valid }))
    expect(run(turned).failures).toHaveLength(7)
  })
  it('BIP54: headers and sizes', () => {
    expect(run(read('bip-0054/timestamps.json'))).toMatchObject({ passed: 9, failures: [] })
    const sizes = read('bip-0054/txsize.json')
    expect(run(sizes)).toMatchObject({ passed: 13, failures: [] })
    const turned = sizes.map((size: { valid: boolean }) => ({ ...size, valid: !size.valid }))
    expect(run(turned)).toMatchObject({ passed: 0 })
  })
  it('BIP110: coins older than the draft are spared', () => {
    const file = read('bip-0110/test-vectors.json')
    expect(run(file)).toMatchObject({ passed: 20, failures: [] })
    const spared = file.vectors.filter(
      ({ spent_utxo }: { spent_utxo: string }) => spent_utxo !== 'post-activation',
    )
    const younger = spared.map((vector: object) => ({ ...vector, spent_utxo: 'post-activation' }))
    expect(run({ ...file, vectors: younger })).toMatchObject({ passed: 1 })
    const early = file.vectors.map((vector: object) => ({ ...vector, reduced_data_active: false }))
    expect(run({ ...file, vectors: early }).failures).toHaveLength(
      file.vectors.filter(({ expected }: { expected: string }) => expected === 'invalid').length,
    )
  })
})

describe('vectors of drafts', () => {
  const leaf = { id: 0, script: '51', leafVersion: 192 }
  const root = 'a85b2107f791b26a84e7586c28cec7cb61202ed3d01944d832500f363782d675'
  const tree = {
    version: 1,
    test_vectors: [
      {
        id: 'p2mr_one',
        given: { scriptTree: leaf },
        intermediary: { leafHashes: [root], merkleRoot: root },
        expected: { scriptPubKey: `5220${root}`, scriptPathControlBlocks: ['c1'] },
      },
    ],
  }
  it('a tree of scripts and what opens it', () => {
    expect(run(tree).failures).toEqual([])
    const [vector] = tree.test_vectors
    const withControl = { ...vector!.expected, scriptPathControlBlocks: ['c0'] }
    expect(run({ ...tree, test_vectors: [{ ...vector, expected: withControl }] })).toMatchObject({
      passed: 0,
    })
  })
  it('no engine passes that knows no draft', () => {
    expect(run(tree, createEngine('node'))).toMatchObject({
      passed: 0,
      notApplicable: 'a proposal that is not part of the chain',
    })
  })
  it('a template at an input that is not there', () => {
    const tx =
      '02000000011111111111111111111111111111111111111111111111111111111111111111000000000000000000010000000000000000015100000000'
    const wrong = { hex_tx: tx, spend_index: [7], result: ['00'.repeat(32)] }
    expect(run(['a comment', wrong])).toMatchObject({
      passed: 0,
      failures: [{ message: 'expected OK,TEMPLATE_MISMATCH, got TEMPLATE_MISMATCH,TEMPLATE_MISMATCH' }],
    })
  })
})
