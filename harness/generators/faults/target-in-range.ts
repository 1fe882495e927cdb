import { pick } from '../choices.ts'
import { tighter } from './edges.ts'
import type { RuleFaults } from './rule-faults.ts'

export const targetInRange: RuleFaults = {
  rule: 'target-in-range',
  edge: tighter('powLimit', -1n),
  company: {
    with: ['difficulty', 'proof-of-work'],
    why: 'bits that spell no target are not those that the chain asks for, and no hash may meet them',
  },
  faults: [
    function targetTooSmall({ honest, choice }) {
      const bits = pick(['00000000', '01003456', '04923456', '20800001'], choice)
      return { faulty: { ...honest, bits, mine: 'fail' } }
    },
    function targetTooLarge({ honest, choice }) {
      const bits = pick(['20ffffff', '21010000', '2100ffff', 'ff123456'], choice)
      return { faulty: { ...honest, bits } }
    },
  ],
}
