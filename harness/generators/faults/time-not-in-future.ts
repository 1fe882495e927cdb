import { around } from '../choices.ts'
import { tighter } from './edges.ts'
import type { RuleFaults } from './rule-faults.ts'

export const timeNotInFuture: RuleFaults = {
  rule: 'time-not-in-future',
  edge: tighter('maxFutureSeconds', -1),
  faults: [
    function isAheadOfTheClock({ draft, honest, choice }) {
      const latest = draft.unixTime + draft.chain.limits.maxFutureSeconds
      return { faulty: { ...honest, time: latest + around(choice) } }
    },
  ],
}
