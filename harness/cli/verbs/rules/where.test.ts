import { describe, expect, it } from 'vitest'
import { chainByName, OPCODES } from '../../../../spec/index.ts'
import { limitsAbout, opcodesAbout, rulesAbout } from './where.ts'

const bitcoin = chainByName('bitcoin')!

/** Rules that the node has no line for, and why it needs none. */
const NOT_IN_IMPL: Readonly<Record<string, string>> = {
  'fee-in-range':
    'inputs are at most 21 million coins and outputs not negative: no fee alone is out of range',
}

describe('rules where', () => {
  it.each(rulesAbout('', bitcoin))('finds rule $id on both sides', ({ id, spec, impl }) => {
    expect(spec.length, 'spec').toBeGreaterThan(0)
    if (id in NOT_IN_IMPL) expect(impl).toEqual([])
    else expect(impl.length, 'impl').toBeGreaterThan(0)
  })
  it('finds every opcode on both sides', () => {
    const deployed = new Set([...OPCODES.values()].map((opcode) => opcode.name))
    const places = opcodesAbout('').filter(({ name }) => deployed.has(name))
    expect(places).toHaveLength(deployed.size)
    expect(places.filter(({ spec, impl }) => spec.length === 0 || impl.length === 0)).toEqual([])
  })
  it('finds every limit on both sides', () => {
    const places = limitsAbout('', bitcoin)
    expect(places).toHaveLength(Object.keys(bitcoin.limits).length)
    expect(places.filter(({ spec, impl }) => spec.length === 0 || impl.length === 0)).toEqual([])
  })
  it('names the file of a rule, the line that lists it, and the one place where the node decides it', () => {
    const [maturity] = rulesAbout('coinbase-maturity', bitcoin)
    expect(maturity!.spec.map((place) => place.replace(/:\d+$/, ''))).toEqual([
      'spec/rules/spending/coinbase-maturity.ts',
      'spec/rules/index.ts',
    ])
    expect(maturity!.impl.map((place) => place.replace(/:\d+$/, ''))).toEqual(['impl/validation/spending.ts'])
  })
})
