import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { type BookEntry, renderHledger } from './hledger.ts'

const entry = (id: string, height: number, time: number, ...lines: [string, bigint][]): BookEntry => ({
  id,
  kind: 'payment',
  height,
  time,
  postings: lines.map(([account, amount]) =>
    amount < 0n ? { side: 'credit', account, amount: -amount } : { side: 'debit', account, amount },
  ),
})

const entries = [
  entry('aa', 0, 1231006505, ['subsidy', -5000000000n], ['script:51', 5000000000n]),
  entry('bb', 1, 1231000000, ['script:51', -5000000000n], ['script:52', 4999999999n], ['fees', 1n]),
]
const balances = [
  { account: 'subsidy', balance: -5000000000n },
  { account: 'script:51', balance: 0n },
  { account: 'script:52', balance: 4999999999n },
  { account: 'fees', balance: 1n },
]

const hasHledger = spawnSync('hledger', ['--version']).status === 0
const audit = (journal: string) =>
  spawnSync('hledger', ['check', '--strict', '-f', '-'], { input: journal }).status

test('an earlier block time does not go back behind the page before it', () => {
  const days = renderHledger(entries, balances)
    .split('\n')
    .filter((line) => /^\d{4}-/.test(line))
    .map((line) => line.slice(0, 10))
  expect(days).toEqual(['2009-01-03', '2009-01-03', '2009-01-03'])
})

describe.skipIf(!hasHledger)('hledger, the independent auditor (Debian package hledger)', () => {
  test('accepts a balanced book whose balances agree', () => {
    expect(audit(renderHledger(entries, balances))).toBe(0)
  })
  test('refuses an entry that does not balance', () => {
    const bad = [...entries, entry('cc', 2, 1231006505, ['script:52', -2n], ['script:51', 1n])]
    expect(audit(renderHledger(bad, balances))).not.toBe(0)
  })
  test('refuses a balance that is not its own', () => {
    const off = balances.map((line) => (line.account === 'fees' ? { ...line, balance: 2n } : line))
    expect(audit(renderHledger(entries, off))).not.toBe(0)
  })
  test('sums what we sum', () => {
    const args = ['balance', '-f', '-', 'script:52', '--format', '%(total)']
    const total = execFileSync('hledger', args, { input: renderHledger(entries, balances), encoding: 'utf8' })
    expect(total).toContain('4999999999')
  })
})
