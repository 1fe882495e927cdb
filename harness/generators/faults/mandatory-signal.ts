import type { RuleFaults } from './rule-faults.ts'

export const mandatorySignal: RuleFaults = {
  rule: 'mandatory-signal',
  outOfReach: 'no deployed soft fork is a BIP8 one: only draft chains have it',
  faults: [],
}
