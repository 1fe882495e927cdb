import type { Classic } from './classic.ts'
import { tCommit } from './t-commit.ts'
import { twoPhase } from './two-phase.ts'

/** Public models whose counts are known, written in the language of the specification, by name. */
export const CLASSICS: ReadonlyMap<string, Classic> = new Map<string, Classic>([
  ['t-commit', { model: tCommit, runs: [{ distinct: 34, generated: 94, depth: 7 }] }],
  [
    'two-phase',
    {
      model: twoPhase,
      runs: [
        { preset: '2', distinct: 56, generated: 154, depth: 8 },
        { distinct: 288, generated: 1146, depth: 11 },
        { preset: '4', distinct: 1568, generated: 8258, depth: 14 },
        { preset: '5', distinct: 8832, generated: 58_146, depth: 17 },
        { preset: '6', distinct: 50_816, generated: 402_306, depth: 20 },
      ],
    },
  ],
])
