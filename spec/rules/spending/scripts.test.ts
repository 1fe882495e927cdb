import { expect, it } from 'vitest'
import { LIMITS, output, transaction } from '../testing.ts'
import { scripts } from './scripts.ts'

it('runs the scripts of an input and names what they fail with', () => {
  const check = (script: number) =>
    scripts.check(
      {
        transaction: transaction(),
        inputIndex: 0,
        spentOutputs: [output(0, Uint8Array.of(script))],
        features: new Set(),
        extension: {},
      },
      LIMITS,
    )
  expect(check(0x51)).toBe('ok')
  expect(check(0x00)).toMatchObject({ suffix: ' (EVAL_FALSE)' })
  expect(check(0x6a)).toMatchObject({ suffix: ' (OP_RETURN)' })
})
