import { pick } from '../choices.ts'
import { headerMoved } from './edges.ts'
import type { RuleFaults } from './rule-faults.ts'

export const versionAtLeast2: RuleFaults = {
  rule: 'version-at-least-2',
  weight: 2,
  edge: headerMoved('version'),
  faults: [
    function hasAnOldVersion({ honest, choice }) {
      return { faulty: { ...honest, version: pick([2, 1, 0, 0xffffffff, 0x80000004], choice) } }
    },
  ],
}
