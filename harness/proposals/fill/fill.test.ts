import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { assemble, PROPOSALS, UPGRADES, type Upgrade } from '../../../spec/index.ts'
import { createSpecEngine } from '../../adapters/index.ts'
import { playFixtures } from '../../conformance/index.ts'
import type { DraftJudge, Engine } from '../../ports/index.ts'
import { readBlock } from '../../wire/index.ts'
import { judgePublicVectors } from '../public-vectors.ts'
import { fillBlocks } from './blocks.ts'
import type { Spend } from './examples.ts'
import { fillVectors } from './fill.ts'
import { fillHeaders } from './headers.ts'

const SLOW = { timeout: 60_000 }
const draftOf = (id: string) => PROPOSALS.find((draft) => draft.id === id)!
const folder = mkdtempSync(join(tmpdir(), 'touchstone-fill-'))
afterAll(() => rmSync(folder, { recursive: true }))

const knowing = (draft: Upgrade) => createSpecEngine(undefined, UPGRADES, [draft])
const failuresIn = (file: NonNullable<ReturnType<typeof fillBlocks>['file']>, engine: Engine) =>
  playFixtures(file, engine, 'exact').filter(({ status }) => status === 'fail')

/** Remembers which transactions it found valid, and forgets under which rules: the poisoned script cache. */
function withPoisonedCache(draft: Upgrade): Engine {
  const engine = knowing(draft)
  const judge = engine.draft!(draft.id)!
  const openChain: DraftJudge['openChain'] = (chain, deployment) => {
    const [own, careless] = [judge.openChain(chain, deployment), engine.openChain(chain)]
    const valid = new Set<string>()
    return {
      ...own,
      deliverBlock(bytes, now) {
        const [verdict, other] = [own.deliverBlock(bytes, now), careless.deliverBlock(bytes, now)]
        const { transactions } = readBlock(bytes)!
        const spends = transactions.slice(1).map(({ txid }) => txid)
        const isCached = spends.length > 0 && spends.every((spend) => valid.has(spend))
        if (verdict.outcome !== 'rejected') for (const spend of spends) valid.add(spend)
        return isCached ? other : verdict
      },
    }
  }
  return { ...engine, draft: () => ({ ...judge, openChain }) }
}

describe('vectors of a draft', () => {
  it.each(['bip54', 'bip347'])('are the same bytes twice: %s', SLOW, (id) => {
    expect(fillVectors(draftOf(id), 3, 2)).toEqual(fillVectors(draftOf(id), 3, 2))
  })

  it.each(['bip110', 'bip119', 'bip347', 'bip360'])(
    'are read and kept by the specification: %s',
    SLOW,
    (id) => {
      const files = fillVectors(draftOf(id), 1, 2).files.filter(({ name }) => !name.includes('-blocks'))
      const paths = files.map(({ name, text }) => {
        writeFileSync(join(folder, name), text)
        return join(folder, name)
      })
      const vectors = files.reduce((sum, file) => sum + file.vectors, 0)
      expect(files.map(({ name }) => name)).toEqual([
        `${id}.json`,
        `${id}-tx_valid.json`,
        `${id}-tx_invalid.json`,
      ])
      expect(judgePublicVectors(draftOf(id), paths)).toEqual({ passed: vectors, failures: [], skips: [] })
      const { failures } = judgePublicVectors(
        { ...draftOf(id), extension: {}, adds: {}, features: [] },
        paths,
      )
      expect(failures.length).toBeGreaterThan(0)
    },
  )
})

describe('blocks around an activation', () => {
  it.each(['bip54', 'bip110', 'bip347'])('are kept by an engine that knows the draft: %s', SLOW, (id) => {
    const draft = draftOf(id)
    const { file } = fillBlocks(draft, 1, 2)
    expect(failuresIn(file!, knowing(draft))).toEqual([])
    const outcomes = new Map(
      file!.fixtures
        .filter((fixture) => fixture.id.includes('/rejects-1/'))
        .map(({ id, node }) => [id.split('/').at(-1)!, file!.nodes[node]!.expect.outcome]),
    )
    const sides = ['before', 'at', 'after', 'valid-then-after', 'invalid-then-before']
    const coins = id === 'bip110' ? ['new-coin-at', 'new-coin-valid-then-after', 'last', 'expired'] : []
    for (const side of [...sides, ...coins])
      if (outcomes.has(side) && id !== 'bip110')
        expect([side, outcomes.get(side)]).toEqual([side, side.includes('before') ? 'connected' : 'rejected'])
    if (id === 'bip110')
      expect(Object.fromEntries(outcomes)).toMatchObject({
        at: 'connected',
        'new-coin-at': 'rejected',
        'new-coin-valid-then-after': 'rejected',
        last: 'rejected',
        expired: 'connected',
      })
  })

  it('are nothing to an engine that does not know the draft', SLOW, () => {
    const { file } = fillBlocks(draftOf('bip433'), 1, 0)
    const results = playFixtures(file!, createSpecEngine(undefined, UPGRADES, []), 'exact')
    expect(new Set(results.map(({ status, message }) => `${status}: ${message}`))).toEqual(
      new Set(['abstain: it does not know bip433']),
    )
  })

  it('show a cache of valid scripts that forgets under which rules', SLOW, () => {
    const draft = draftOf('bip347')
    const failures = failuresIn(fillBlocks(draft, 1, 0).file!, withPoisonedCache(draft))
    expect(failures.map(({ id }) => id)).toEqual(
      ['1', '2', '3'].map((index) => `bip347/rejects-${index}/valid-then-after`),
    )
  })

  it('are not made of examples that the specification judges otherwise', SLOW, () => {
    const draft = draftOf('bip433')
    const examples = { ...draft.examples!, rejects: [{ script: '51', error: 'ANCHOR_WITNESS_NOT_EMPTY' }] }
    expect(() => fillBlocks({ ...draft, examples }, 1, 0)).toThrow(
      'bip433/rejects-1/at: expected rejected, got connected',
    )
  })
})

describe('headers around an activation', () => {
  it('are kept by an engine that knows the draft, and are refused from the activation on', SLOW, () => {
    const draft = draftOf('bip54')
    const { files, leftOut } = fillHeaders(draft, 1, 12)
    expect(leftOut).toEqual([])
    expect(files.map(({ when }) => when)).toEqual(
      ['first', 'last'].flatMap((place) => ['before', 'at', 'after'].map((side) => `${place}-${side}`)),
    )
    for (const { when, file } of files) {
      expect(failuresIn(file, knowing(draft))).toEqual([])
      const rejected = file.fixtures.filter(({ node }) => file.nodes[node]!.expect.outcome === 'rejected')
      expect(rejected.length > 0, when).toBe(!when.endsWith('before'))
    }
  })
})

/** What reviewers found in three of BIP54's vectors when they ran them as blocks. */
describe('blocks with more signature operations than BIP54 allows, and a second fault', () => {
  const draft = draftOf('bip54')
  const example = draft.examples!.rejects.find(
    (entry) => 'rule' in entry && entry.rule.id === 'bip54-sigops',
  ) as unknown as { rule: never; subject: Spend }
  const { transaction, spentOutputs } = example.subject
  const faulty = (change: Partial<Spend>): Upgrade => ({
    ...draft,
    examples: {
      ...draft.examples!,
      accepts: [],
      rejects: [{ rule: example.rule, subject: { ...example.subject, ...change } }],
    },
  })

  it.each<[string, Partial<Spend>, string]>([
    ['no outputs', { transaction: { ...transaction, outputs: [] } }, 'bad-txns-vout-empty'],
    ['a lock time to come', { transaction: { ...transaction, lockTime: 1000 } }, 'bad-txns-nonfinal'],
    [
      'OP_CHECKSIG on an empty stack',
      {
        spentOutputs: [
          { ...spentOutputs[0]!, script: Uint8Array.of(...assemble('CHECKSIG'), ...spentOutputs[0]!.script) },
        ],
      },
      'block-script-verify-flag-failed (INVALID_STACK_OPERATION)',
    ],
  ])('are left out, and the fault is named: %s', SLOW, (_, change, why) => {
    expect(fillBlocks(faulty(change), 1, 0)).toEqual({
      leftOut: [{ name: 'rejects-1', why: `today's rules reject it already: ${why}` }],
    })
  })

  it('stand where there is no second fault', SLOW, () => {
    const { file, leftOut } = fillBlocks(faulty({}), 1, 0)
    expect(leftOut).toEqual([])
    expect(file!.fixtures.map(({ id }) => id)).toContain('bip54/rejects-1/at')
  })
})
