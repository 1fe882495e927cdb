import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { Machine } from '../daemon/index.ts'

/** The machine that this process runs on. */
export const machine: Machine = {
  now: Date.now,
  clock: () => performance.now(),
  later: (delayMs, action) => {
    const timer = setTimeout(action, delayMs)
    return () => clearTimeout(timer)
  },
  soon: (action) => void setImmediate(action),
  hmacSha256,
  // Both sides become hashes of one length, as the comparison wants it.
  isSameSecret: (a, b) => timingSafeEqual(Buffer.from(hmacSha256('', a)), Buffer.from(hmacSha256('', b))),
}

/** As fine as the generator's numbers go. */
const ENTROPY_STEPS = 2 ** 47

/** A number in [0, 1) that no peer can predict: which headers presync remembers depends on it. */
export function entropy(): number {
  return randomInt(ENTROPY_STEPS) / ENTROPY_STEPS
}

function hmacSha256(key: string, data: string): string {
  return createHmac('sha256', key).update(data).digest('hex')
}
