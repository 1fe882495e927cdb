import { pick } from '../choices.ts'
import { headerMoved } from './edges.ts'
import type { RuleFaults } from './rule-faults.ts'

export const versionAtLeast3: RuleFaults = {
  rule: 'version-at-least-3',
  weight: 2,
  edge: headerMoved('version'),
  faults: [
    function hasAnOldVersion({ honest, choice }) {
      return { faulty: { ...honest, version: pick([3, 2, 3, 0x7fffffff], choice) } }
    },
  ],
}
