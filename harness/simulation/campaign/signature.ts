import type { SimulationResult } from '../run/world.ts'

/** What a failure is known by: the same fault found twice, by other names and numbers, has one signature. */
export function signatureOf({ outcome, divergence, reason }: SimulationResult): string | undefined {
  if (outcome !== 'fail') return undefined
  if (divergence === undefined) return `expectation: ${masked(reason ?? '')}`
  const { oracle, expected, actual } = divergence
  // Where a node stands, or what its coins add up to, differs from run to run; a thrown error's stack does not.
  if (oracle === 'verdict') return `${oracle}: expected ${masked(expected)}, got ${masked(actual)}`
  if (oracle === 'exception') return `${oracle}: ${masked(thrown(actual))}`
  return oracle
}

/** What was thrown, and in which function. */
function thrown(stack: string): string {
  const [what = '', where = ''] = stack.split('\n')
  const place = /^\s*at (.+) \(/.exec(where)?.[1]
  return place === undefined ? what : `${what} in ${place}`
}

/** Numbers, hashes and names of items left out. */
const masked = (text: string) => text.replace(/\b0x[0-9a-f]+\b|\b[0-9a-f]{16,}\b|\b[btn]?\d+\b/g, '#')
