import { expect, it } from 'vitest'
import { besiege } from './siege.ts'

/** More, for a long run: MALFORMED=1000000 npx vitest run harness/malformed --testTimeout 3600000 */
const MESSAGES = Number(process.env.MALFORMED ?? 20_000)
/** Of no use or of another network, but no offenders. */
const MERE_DISCONNECTIONS = [
  'foreign network magic',
  'oversized message of N bytes',
  'wtxidrelay received after verack',
  'filters asked for that are not served',
]
const HEAP_GROWTH_MAX = 64 << 20

it('no malformed message harms a node, fills its memory or is forgiven', () => {
  const result = besiege(MESSAGES, 1)
  if (process.env.MALFORMED !== undefined) console.log(JSON.stringify(result))
  expect(result.messages).toBe(MESSAGES)
  expect(result.height).toBe(6)
  const [early, late] = result.heap
  expect(late - early).toBeLessThan(HEAP_GROWTH_MAX)
  // What cannot be read costs nothing by itself; what is an offence costs the connection and is remembered.
  expect(result.offenders).toBeGreaterThan(MESSAGES / 100)
  expect(result.forgiven).toBe(0)
  expect(Object.keys(result.hungUpOn)).toEqual(expect.arrayContaining(MERE_DISCONNECTIONS))
  for (const reason of MERE_DISCONNECTIONS) expect(result.discouraged).not.toHaveProperty([reason])
})
