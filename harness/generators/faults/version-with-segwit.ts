import { chainRules } from '../../ports/index.ts'
import { pick } from '../choices.ts'
import type { RuleFaults } from './rule-faults.ts'

export const versionWithSegwit: RuleFaults = {
  rule: 'version-with-segwit',
  weight: 10,
  on: ({ chain }) => chainRules(chain).minVersionWithSegwit > 0,
  faults: [
    function lowVersion({ honest, choice }) {
      return { faulty: { ...honest, version: pick([0x1fffffff, 0x20000000, 4, 0x80000004], choice) } }
    },
  ],
}
