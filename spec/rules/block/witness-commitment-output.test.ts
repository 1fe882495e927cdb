import { describe, expect, it } from 'vitest'
import { block, bytes, coinbase, commitmentOutput, output } from '../testing.ts'
import { commitmentIndex, commitmentOf } from './witness-commitment-output.ts'

const [first, last] = [bytes(32, 1), bytes(32, 2)]
const of = (...outputs: ReturnType<typeof output>[]) => block([coinbase({}, outputs)])

describe('witness commitment output', () => {
  it('is the last of several', () => {
    const several = of(output(), commitmentOutput(first), commitmentOutput(last), output())
    expect([commitmentIndex(several), commitmentOf(several)]).toEqual([2, last])
  })
  it('may be followed by more', () => expect(commitmentOf(of(commitmentOutput(first, 0x51)))).toEqual(first))
  it('has 38 bytes and begins as a commitment does', () => {
    const { script } = commitmentOutput(first)
    expect(commitmentIndex(of(output(0, script.slice(0, 37))))).toBeUndefined()
    for (let at = 0; at < 6; at += 1)
      expect(commitmentIndex(of(output(0, script.with(at, script[at]! ^ 1))))).toBeUndefined()
  })
  it('is looked for in the coinbase', () => {
    const elsewhere = block([coinbase(), coinbase({}, [commitmentOutput(first)])])
    expect(commitmentIndex(elsewhere)).toBeUndefined()
    expect(commitmentIndex(block([]))).toBeUndefined()
  })
})
