import { expect, it } from 'vitest'
import { hexBytes } from './hex.ts'

it('takes bytes of any length, pairs of lower-case digits only', () => {
  expect(hexBytes.safeParse('00'.repeat(8 << 20)).success).toBe(true)
  expect(hexBytes.safeParse('').success).toBe(true)
  for (const bad of ['0', '0G', 'AB', '00 ', `${'00'.repeat(8 << 20)}0`])
    expect(hexBytes.safeParse(bad).error?.issues[0]?.message).toBe(
      'expected lower-case hex, two digits a byte',
    )
})
