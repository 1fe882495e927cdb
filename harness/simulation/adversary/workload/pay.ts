import fc from 'fast-check'
import type { LockSource } from '../../../scenario/index.ts'
import { actKind, choice, node } from '../../act.ts'
import type { Director } from '../director.ts'
import { pickCoin } from '../spending.ts'

/** Locks to pay to; the first ones need no signature, so that many worlds can be played. */
const LOCKS: readonly LockSource[] = [
  'anyone',
  'anyone',
  'anyone',
  { script: 'OP_TRUE', wrap: 'p2sh' },
  { script: 'OP_TRUE', wrap: 'p2wsh' },
  'mallory',
  { key: 'mallory', type: 'p2wpkh' },
  { key: 'mallory', type: 'p2tr' },
]
const LOCKS_WITHOUT_KEYS = 3

/** Spends one coin to one or more new ones, unconfirmed, at one node. */
export const pay = actKind({
  name: 'pay',
  weight: 12,
  choices: (quiet) =>
    fc.record({
      node,
      coin: choice,
      ways: fc.integer({ min: 1, max: 3 }),
      lock: fc.nat((quiet ? LOCKS_WITHOUT_KEYS : LOCKS.length) - 1),
    }),
  play(director: Director, { node, coin, ways, lock }) {
    const host = director.host(node)
    const chosen = pickCoin(director, host, coin)
    if (chosen === undefined) return
    const share = Math.floor((Number(chosen.value) - 10_000) / ways)
    if (share <= 0) return
    const { name } = director.addTransaction({
      inputs: [{ spends: chosen.reference }],
      outputs: Array.from({ length: ways }, (_, index) => ({
        to: LOCKS[(lock + index) % LOCKS.length]!,
        value: share,
      })),
    })
    director.send([name], [host])
  },
})
