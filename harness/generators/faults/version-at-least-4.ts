import { pick } from '../choices.ts'
import { headerMoved } from './edges.ts'
import type { RuleFaults } from './rule-faults.ts'

export const versionAtLeast4: RuleFaults = {
  rule: 'version-at-least-4',
  weight: 2,
  edge: headerMoved('version'),
  faults: [
    function hasAnOldVersion({ honest, choice }) {
      return { faulty: { ...honest, version: pick([4, 3, 4, 0x80000000], choice) } }
    },
  ],
}
