import { describe, expect, it } from 'vitest'
import { createEngine } from '../../../adapters/index.ts'
import { FAULTS } from '../../../generators/index.ts'
import { huntDisagreements } from '../../fuzz/blocks/index.ts'
import { listRules } from '../rules.ts'
import { RuleAccount } from './account.ts'

const ids = listRules().map(({ rule }) => rule.id)

describe('the catalogue of faults', () => {
  it('has an entry for every rule, in checking order, and for nothing else', () => {
    expect([...FAULTS.keys()]).toEqual(ids)
  })

  it('has a fault for each, or says why not', () => {
    const without = [...FAULTS.values()].filter(({ faults }) => faults.length === 0)
    const reason = ({ company, outOfReach, unconfirmedOnly }: (typeof without)[number]) =>
      company?.why ?? outOfReach ?? unconfirmedOnly
    expect(without.filter((entry) => reason(entry) === undefined)).toEqual([])
  })

  it('names as company rules that there are', () => {
    const company = [...FAULTS.values()].flatMap((entry) => entry.company?.with ?? [])
    expect(company.filter((id) => !ids.includes(id))).toEqual([])
  })
})

describe('the account', () => {
  const countsOf = (...broken: readonly string[]) => {
    const account = new RuleAccount()
    account.broken(new Set(broken))
    return account.counts()
  }

  it('distinguishes a rule that was broken alone from one that was broken among others', () => {
    expect(countsOf('scripts').scripts).toEqual({ alone: 1, amongOthers: 0 })
    expect(countsOf('scripts', 'relative-lock').scripts).toEqual({ alone: 0, amongOthers: 1 })
  })

  it('counts a rule that never breaks alone by the company that it must have', () => {
    expect(countsOf('has-inputs', 'has-outputs')['has-inputs']).toEqual({ alone: 1, amongOthers: 0 })
    expect(countsOf('has-inputs', 'scripts')['has-inputs']).toEqual({ alone: 0, amongOthers: 1 })
    expect(countsOf('has-inputs', 'has-outputs')['has-outputs']).toEqual({ alone: 0, amongOthers: 1 })
  })

  it('says so where the list of what cannot occur is wrong', () => {
    const account = new RuleAccount()
    account.broken(new Set(['has-inputs', 'has-outputs']))
    expect(account.missing(true).join()).not.toContain('has-inputs')
    account.broken(new Set(['has-inputs']))
    account.broken(new Set(['mandatory-signal']))
    expect(account.missing(true)).toContain('has-inputs never broken alone')
    expect(account.missing(true)).toContain('mandatory-signal out of reach')
  })

  it('does not ask for unconfirmed transactions where there is no pool', () => {
    const account = new RuleAccount()
    const unconfirmed = account.missing(true).filter((rule) => !account.missing(false).includes(rule))
    expect(unconfirmed).toEqual(['transaction-size at its limit', 'not-coinbase broken alone'])
  })
})

it('sees rules broken alone and kept at their limits', () => {
  const spec = createEngine('spec')
  const { rules } = huntDisagreements({
    strictness: 'exact',
    target: () => spec,
    deliveries: 300,
    seed: 2,
  })
  expect(rules['proof-of-work']!.alone).toBeGreaterThan(0)
  expect(rules['coinbase-amount']!.atLimit).toBeGreaterThan(0)
  expect(rules['coinbase-maturity']!.atLimit).toBeGreaterThan(0)
  expect(rules['mandatory-signal']).toEqual({ alone: 0, amongOthers: 0 })
  expect(rules.scripts).not.toHaveProperty('atLimit')
})
