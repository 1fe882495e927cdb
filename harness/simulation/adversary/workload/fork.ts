import fc from 'fast-check'
import { actKind, choice, node } from '../../act.ts'
import { growRival } from '../branches.ts'
import type { Director } from '../director.ts'
import { namesOf } from '../spending.ts'

/** Grows a branch from below a node's tip and hands it over. */
export const fork = actKind({
  name: 'fork',
  weight: 10,
  choices: () =>
    fc.record({
      node,
      depth: fc.oneof({ weight: 4, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(14) }),
      length: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 1, max: 5 }) },
        { weight: 1, arbitrary: fc.nat(16) },
      ),
      pace: choice,
      spending: choice,
      backwards: fc.boolean(),
    }),
  play(director: Director, { node, backwards, ...shape }) {
    const host = director.host(node)
    if (!host.running) return
    const names = namesOf(growRival(director, director.tipOf(host), shape))
    director.send(backwards ? names.reverse() : names, [host])
    if (backwards) director.send(names.reverse(), [host])
  },
})
