import type { RuleFaults } from './rule-faults.ts'

export const parentKnown: RuleFaults = {
  rule: 'parent-known',
  faults: [
    function unknownParent({ honest, choice }) {
      const bytes = choice.toString(16).padStart(64, 'c')
      return { faulty: { ...honest, edits: [{ field: 'previous', bytes }], mine: 'after' } }
    },
  ],
}
