import { around } from '../choices.ts'
import { headerMoved } from './edges.ts'
import type { RuleFaults } from './rule-faults.ts'

export const timeAfterMedian: RuleFaults = {
  rule: 'time-after-median',
  edge: headerMoved('time'),
  faults: [
    function isAsOldAsTheMedian({ parent, honest, choice }) {
      return { faulty: { ...honest, time: Math.max(0, parent.medianTime + around(choice)) } }
    },
  ],
}
