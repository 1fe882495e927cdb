import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listRules } from './rules.ts'
import { measureVectors } from './vectors.ts'

const data = join(
  dirname(createRequire(import.meta.url).resolve('bitcore-lib-ltc/package.json')),
  'test/data/bitcoind',
)
const measure = (file: string) => {
  const seen: string[] = []
  const rules = listRules().map(({ rule }) => rule)
  return {
    ...measureVectors(rules, [join(data, file)], (done, total, name) =>
      seen.push(`${done}/${total} ${name}`),
    ),
    seen,
  }
}

describe('what public vectors fire', () => {
  it('counts cases in which a rule is kept and broken', () => {
    const { rules, seen } = measure('tx_invalid.json')
    expect(rules.get('distinct-inputs')).toEqual([
      { file: 'bitcore-lib-ltc/tx_invalid.json', kept: 85, broken: 1 },
    ])
    expect(rules.get('coinbase-script-length')![0]).toMatchObject({ broken: 2 })
    expect(rules.has('difficulty')).toBe(false)
    expect(seen).toEqual(['0/1 bitcore-lib-ltc/tx_invalid.json'])
  })

  it('ascribes what the script machine answers to the rule that asks it', () => {
    const { rules } = measure('tx_valid.json')
    expect(rules.get('scripts')![0]).toMatchObject({ kept: 120 })
    expect(rules.get('has-inputs')).toEqual([{ file: 'bitcore-lib-ltc/tx_valid.json', kept: 120, broken: 0 }])
    expect(measure('tx_invalid.json').scriptErrors.get('UNSATISFIED_LOCKTIME')).toBeGreaterThan(0)
  })
})
