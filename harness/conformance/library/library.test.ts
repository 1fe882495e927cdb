import { describe, expect, it } from 'vitest'
import { chainLookup, createEngine, TargetError } from '../../adapters/index.ts'
import type { Library, LibraryCapability } from '../../ports/index.ts'
import { type CorpusEntry, readCorpus } from '../../scenario/index.ts'
import { createResponder } from '../judge/server.ts'
import { generatedSource, judgeLibrary, storySource } from './index.ts'

const STORIES = ['limits/coinbase-maturity-edge', 'rules/multisig-dummy-first', 'contracts/two-of-three']
const corpus: readonly CorpusEntry[] = readCorpus(
  STORIES.map((story) => new URL(`../../../scenarios/${story}.json`, import.meta.url).pathname),
  chainLookup,
)
const spec = createEngine('spec').library!
const node = createEngine('node').library!
const judge = (target: Library, strictness: 'verdict' | 'exact' = 'exact', casesMax?: number) =>
  judgeLibrary(storySource(corpus), {
    reference: spec,
    target: () => target,
    strictness,
    ...(casesMax === undefined ? {} : { casesMax }),
  })
const without = (target: Library, ...gone: LibraryCapability[]): Library => ({
  ...target,
  can: new Set([...target.can].filter((capability) => !gone.includes(capability))),
})

describe('a library', () => {
  it('that is right agrees in scripts, signature hashes, transactions and blocks', () => {
    const { agreed, differences, skips } = judge(node)
    expect(differences).toEqual([])
    expect(agreed).toBeGreaterThan(300)
    expect(Object.keys(skips)).toEqual(['it lacks decode'])
  })

  it('agrees on generated stories, which are the same from the same seed', () => {
    const options = { reference: spec, target: () => node, strictness: 'exact', casesMax: 150 } as const
    const [first, second] = [7, 7].map((seed) => judgeLibrary(generatedSource(seed), options))
    expect(first).toMatchObject({ agreed: 150, differences: [] })
    expect(second).toEqual(first)
  })

  it('skips a generated story without steps, as that of seed 1 is', () => {
    const options = { reference: spec, target: () => node, strictness: 'exact', casesMax: 1 } as const
    expect(judgeLibrary(generatedSource(1), options)).toMatchObject({ agreed: 1 })
  })

  it('that refuses nothing, and one that refuses everything, differ', () => {
    const lax = judge({ ...node, verifyScript: () => 'OK', checkTransaction: () => 'ok' })
    expect(lax.differences.map(({ cause }) => cause)).toContainEqual(
      expect.stringMatching(/^verifyScript: expected [A-Z_]+, got OK$/),
    )
    const strict = judge({ ...node, verifyScript: () => 'EVAL_FALSE' })
    expect(strict.differences.map(({ cause }) => cause)).toContain(
      'verifyScript: expected OK, got EVAL_FALSE',
    )
  })

  it('need not name an error as Core does unless it says that it can', () => {
    const wordy: Library = {
      ...node,
      verifyScript: (request) => (node.verifyScript(request) === 'OK' ? 'OK' : 'no'),
    }
    expect(judge(wordy).differences).not.toEqual([])
    expect(judge(wordy, 'verdict').differences).toEqual([])
    expect(judge(without(wordy, 'scriptErrors')).differences).toEqual([])
  })

  it('is not asked for what it cannot do, nor under flags that it does not know', () => {
    const { agreed, skips } = judge(without(node, 'signatureHash', 'checkBlock', 'checkTransaction'))
    expect(agreed).toBeGreaterThan(0)
    expect(skips).toMatchObject({ 'it lacks signatureHash': expect.any(Number) })
    const old: Library = { ...node, flags: new Set(['P2SH']) }
    expect(judge(old).skips).toMatchObject({ 'it has no flag DERSIG': expect.any(Number) })
  })

  it('that gives wrong hashes or stops is found out', () => {
    const wrong = judge({ ...node, signatureHash: () => '00'.repeat(32) })
    expect(wrong.differences.map(({ cause }) => cause)).toContain(
      'signatureHash legacy: expected a hash, got a hash',
    )
    const dying = judge({
      ...node,
      checkTransaction: () => {
        throw new TargetError('it ended with exit code 3')
      },
    })
    expect(dying.differences[0]).toMatchObject({ expected: 'ok', actual: 'it ended with exit code 3' })
  })
})

describe('the server of a library', () => {
  const answer = createResponder(createEngine('spec'))
  const ask = (request: object) => answer(JSON.stringify({ id: 1, ...request }))
  const TRANSACTION = `01000000${'01'}${'00'.repeat(32)}00000000${'00'}ffffffff01000000000000000000${'00000000'}`

  it('answers each request of the protocol', () => {
    const coin = { value: '5', script: '51' }
    expect(
      ask({ op: 'verifyScript', transaction: TRANSACTION, input: 0, spentOutputs: [coin], flags: ['P2SH'] }),
    ).toEqual({ id: 1, value: 'OK' })
    expect(ask({ op: 'checkTransaction', transaction: TRANSACTION })).toEqual({ id: 1, value: 'ok' })
    expect(ask({ op: 'decode', kind: 'transaction', bytes: TRANSACTION })).toMatchObject({
      value: { id: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    expect(ask({ op: 'decode', kind: 'block', bytes: TRANSACTION })).toMatchObject({
      value: { invalid: 'no block' },
    })
    const hashed = { op: 'signatureHash', transaction: TRANSACTION, input: 0, hashType: 1, scriptCode: '51' }
    expect(ask({ ...hashed, version: 'legacy' })).toMatchObject({
      value: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(ask({ ...hashed, version: 'witness-v0' })).toMatchObject({
      error: 'value: expected it with this version',
    })
  })
})
