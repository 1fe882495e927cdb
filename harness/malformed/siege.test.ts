import { expect, it } from 'vitest'
import { besiege } from './siege.ts'

/** More, for a long run: MALFORMED=1000000 npx vitest run harness/malformed --testTimeout 3600000 */
const MESSAGES = Number(process.env.MALFORMED ?? 20_000)
const HEAP_GROWTH_MAX = 64 << 20

it('no malformed message harms a node, fills its memory or is forgiven', () => {
  const result = besiege(MESSAGES, 1)
  if (process.env.MALFORMED !== undefined) console.log(JSON.stringify(result))
  expect(result.messages).toBe(MESSAGES)
  expect(result.height).toBe(6)
  const [early, late] = result.heap
  expect(late - early).toBeLessThan(HEAP_GROWTH_MAX)
  const hungUp = Object.values(result.hungUpOn).reduce((total, count) => total + count, 0)
  expect(hungUp).toBeGreaterThan(MESSAGES / 100)
})
