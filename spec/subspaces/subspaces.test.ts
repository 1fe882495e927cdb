import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chainByName } from '../chains/index.ts'
import { checkTransaction } from '../fork-choice/index.ts'
import { input, output, transaction } from '../rules/testing.ts'
import { commonPart, objections, type Payment, type Requirement, type Subspace } from './index.ts'

const chain = chainByName('tiny')!
const OWNERS = ['51', '52', '53', '54']
const script = (owner: string) => Uint8Array.from(Buffer.from(owner, 'hex'))
const coin = fc.record({
  owner: fc.constantFrom(...OWNERS, '6a'),
  sats: fc.constantFrom(0, 6, 30, 60, 94, 100, 106, 600),
})

function paymentOf(spent: readonly { owner: string; sats: number }[], paid: typeof spent): Payment {
  return {
    spent: spent.map(({ owner, sats }) => output(sats, script(owner))),
    transaction: transaction({
      inputs: spent.map((_, index) => input({ index })),
      outputs: paid.map(({ owner, sats }) => output(sats, script(owner))),
    }),
  }
}

const payments = fc
  .tuple(fc.array(coin, { minLength: 1, maxLength: 3 }), fc.array(coin, { minLength: 1, maxLength: 3 }))
  .map(([spent, paid]) => paymentOf(spent, paid))

const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record({
    kind: fc.constant('jurisdiction' as const),
    registered: fc.subarray(OWNERS, { minLength: 2 }),
  }),
  fc.record({
    kind: fc.constant('tax' as const),
    collector: fc.constantFrom('53', '54'),
    perTenThousand: fc.constantFrom(0, 1, 600, 1000),
  }),
  fc.record({ kind: fc.constant('currency' as const), unitSats: fc.constantFrom(1, 4, 6, 10, 15) }),
  fc.record({ kind: fc.constant('ceiling' as const), sats: fc.constantFrom(0, 99, 100, 101, 1000) }),
)
const subspace: fc.Arbitrary<Subspace> = fc.record({
  name: fc.constantFrom('east', 'west'),
  requirements: fc.array(requirement, { maxLength: 3 }),
})
const accepts = (space: Subspace, payment: Payment) => objections(space, payment).length === 0
const demands = ({ requirements }: Subspace) =>
  requirements.map((each) =>
    'registered' in each ? { ...each, registered: [...each.registered].sort() } : each,
  )

describe('the common part', () => {
  it('accepts exactly what each accepts', () => {
    const seen = { both: 0, one: 0, none: 0 }
    fc.assert(
      fc.property(fc.array(subspace, { maxLength: 3 }), payments, (spaces, payment) => {
        const answers = spaces.map((space) => accepts(space, payment))
        if (spaces.length > 1)
          seen[answers.every(Boolean) ? 'both' : answers.some(Boolean) ? 'one' : 'none']++
        expect(accepts(commonPart(spaces), payment)).toBe(answers.every(Boolean))
      }),
      { numRuns: 3000 },
    )
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50)
  })

  it('does not depend on the order, and adds nothing to itself', () => {
    fc.assert(
      fc.property(subspace, subspace, subspace, (a, b, c) => {
        const once = demands(commonPart([a, b, c]))
        expect(demands(commonPart([c, b, a]))).toEqual(once)
        expect(demands(commonPart([commonPart([a, b]), c]))).toEqual(once)
        const whole = commonPart([a, b, c])
        expect(commonPart([whole, whole]).requirements).toEqual(whole.requirements)
      }),
    )
  })

  it('of units is their least common multiple, of ceilings the lower, of rates the higher, of registers what is on both', () => {
    const [east, west]: Subspace[] = [
      {
        name: 'east',
        requirements: [
          { kind: 'currency', unitSats: 4 },
          { kind: 'ceiling', sats: 9 },
          { kind: 'jurisdiction', registered: ['51', '52'] },
          { kind: 'tax', collector: '53', perTenThousand: 600 },
        ],
      },
      {
        name: 'west',
        requirements: [
          { kind: 'currency', unitSats: 6 },
          { kind: 'ceiling', sats: 8 },
          { kind: 'jurisdiction', registered: ['52', '53'] },
          { kind: 'tax', collector: '53', perTenThousand: 700 },
          { kind: 'tax', collector: '54', perTenThousand: 1 },
        ],
      },
    ]
    expect(commonPart([east!, west!])).toEqual({
      name: 'east and west',
      requirements: [
        { kind: 'ceiling', sats: 8 },
        { kind: 'currency', unitSats: 12 },
        { kind: 'jurisdiction', registered: ['52'] },
        { kind: 'tax', collector: '53', perTenThousand: 700 },
        { kind: 'tax', collector: '54', perTenThousand: 1 },
      ],
    })
    expect(commonPart([]).requirements).toEqual([])
  })
})

describe('a requirement', () => {
  const here = (...requirements: Requirement[]): Subspace => ({ name: 'here', requirements })
  const pay = (...paid: [owner: string, sats: number][]) =>
    paymentOf(
      [{ owner: '51', sats: 1000 }],
      paid.map(([owner, sats]) => ({ owner, sats })),
    )

  it.each([
    [5, false],
    [6, true],
    [7, true],
  ])('a tax of 6 %% on 100, and %i are paid: %s', (paid, expected) => {
    const taxed = here({ kind: 'tax', collector: '53', perTenThousand: 600 })
    expect(accepts(taxed, pay(['52', 100], ['53', paid], ['51', 894]))).toBe(expected)
  })
  it('a tax is rounded up, and change bears none', () => {
    const taxed = here({ kind: 'tax', collector: '53', perTenThousand: 600 })
    expect(accepts(taxed, pay(['52', 1], ['53', 1]))).toBe(true)
    expect(accepts(taxed, pay(['52', 1]))).toBe(false)
    expect(accepts(taxed, pay(['51', 1000]))).toBe(true)
  })
  it.each([99, 100, 101])('a ceiling of 100, and %i leave the payer', (sats) => {
    expect(accepts(here({ kind: 'ceiling', sats: 100 }), pay(['52', sats], ['51', 500]))).toBe(sats <= 100)
  })
  it('a register binds payers and payees, and no output that nobody owns', () => {
    const register = (...registered: string[]) => here({ kind: 'jurisdiction', registered })
    expect(accepts(register('51', '52'), pay(['52', 1], ['6a', 0]))).toBe(true)
    expect(accepts(register('51'), pay(['52', 1]))).toBe(false)
    expect(accepts(register('52'), pay(['52', 1]))).toBe(false)
  })
})

it('the protocol is insensitive: of transactions that it takes for valid, every subspace takes some and refuses some', () => {
  const seen = new Map<string, Set<boolean>>()
  fc.assert(
    fc.property(requirement, payments, (demand, payment) => {
      expect(checkTransaction(chain, payment.transaction)).toBe('ok')
      const answers = seen.get(demand.kind) ?? new Set()
      seen.set(demand.kind, answers.add(accepts({ name: 'here', requirements: [demand] }, payment)))
    }),
    { numRuns: 1000 },
  )
  expect([...seen.values()].map(({ size }) => size)).toEqual([2, 2, 2, 2])
})
