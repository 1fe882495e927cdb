import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Ask, Limits } from '../../../spec/index.ts'
import { chainLookup, createSpecEngine } from '../../adapters/index.ts'
import { type CorpusEntry, readCorpus } from '../../scenario/index.ts'
import { playOnEngine } from '../judge/judge.ts'
import { findRuleSource, listRules, measureCoverage, type RuleCoverage } from './index.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const rules = listRules().map(({ rule }) => rule)
const ids = rules.map(({ id }) => id)

/** Rules that no block can break, with the reason: their unit tests alone fire them both ways. */
const BROKEN_IN_UNIT_TESTS_ONLY: Readonly<Record<string, string>> = {
  'fee-in-range': 'value-conserved and input-values come first: what is left of inputs in range is in range',
}

let corpus: CorpusEntry[]
let coverage: Map<string, RuleCoverage>

beforeAll(() => {
  corpus = readCorpus([`${ROOT}scenarios`], chainLookup)
  coverage = measureCoverage(rules, corpus)
}, 120_000)

describe('the scenarios on the specification', () => {
  it('all pass, or need whole nodes', () => {
    const failed = corpus.map((entry) => playOnEngine(entry, createSpecEngine(), 'exact'))
    expect(failed.filter(({ status }) => status === 'fail')).toEqual([])
  })

  it('keep every rule', () => {
    expect(ids.filter((id) => coverage.get(id)!.kept.length === 0)).toEqual([])
  })

  it('break every rule but those that no block can break', () => {
    const neverBroken = ids.filter((id) => coverage.get(id)!.broken.length === 0)
    expect(neverBroken).toEqual(Object.keys(BROKEN_IN_UNIT_TESTS_ONLY))
  })

  it('ask of each rule no limit but those that it names', () => {
    expect(limitsRead()).toEqual(new Map(rules.map(({ id, limits }) => [id, new Set(limits)])))
  })
})

describe('the source of a rule', () => {
  it.each(ids)('%s has a file of its own and a unit test beside it', (id) => {
    expect(findRuleSource(ROOT, id)).toMatchObject({ testFile: expect.stringContaining('.test.ts') })
  })

  it('is found by the line of its id, be that written out or made of parts', () => {
    expect(findRuleSource(ROOT, 'merkle-root')).toMatchObject({
      file: 'spec/rules/block/merkle-root.ts',
      line: lineWith('spec/rules/block/merkle-root.ts', "id: 'merkle-root'"),
    })
    expect(findRuleSource(ROOT, 'version-at-least-3')).toMatchObject({
      file: 'spec/rules/header/version-gates.ts',
      line: lineWith('spec/rules/header/version-gates.ts', 'id: `version-at-least-'),
    })
  })

  it('is not found for an id that no file defines', () => {
    expect(findRuleSource(ROOT, 'no-such-rule')).toBeUndefined()
  })
})

function lineWith(file: string, text: string): number {
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n')
  return lines.findIndex((line) => line.includes(text)) + 1
}

/** The limits that each rule reads while all scenarios are played. */
function limitsRead(): Map<string, Set<string>> {
  const read = new Map(ids.map((id) => [id, new Set<string>()]))
  const ask: Ask = (rule, subject, limits) => {
    const heard = read.get(rule.id)
    return rule.check(subject, heard === undefined ? limits : noting(limits, heard))
  }
  for (const entry of corpus) playOnEngine(entry, createSpecEngine(ask), 'exact')
  return read
}

function noting(limits: Limits, read: Set<string>): Limits {
  return new Proxy(limits, {
    get: (target, name) => {
      read.add(String(name))
      return Reflect.get(target, name)
    },
  })
}
