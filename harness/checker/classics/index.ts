import { asyncTermination } from './async-termination.ts'
import { atomicCommit } from './atomic-commit.ts'
import type { Classic } from './classic.ts'
import { ewd840 } from './ewd840.ts'
import { jugs } from './jugs.ts'
import { lamportMutex } from './lamport-mutex.ts'
import { missionaries } from './missionaries.ts'
import { nonBlockingCommit } from './non-blocking-commit.ts'
import { paxos } from './paxos.ts'
import { paxosCommit } from './paxos-commit.ts'
import { peterson } from './peterson.ts'
import { readersWriters } from './readers-writers.ts'
import { tCommit } from './t-commit.ts'
import { teachingConcurrency } from './teaching-concurrency.ts'
import { tokenRing } from './token-ring.ts'
import { twoPhase } from './two-phase.ts'
import { voteProof } from './vote-proof.ts'
import { voting } from './voting.ts'

export { compareRun } from './compare.ts'

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
        { symmetry: true, distinct: 80, generated: 318, depth: 11 },
        { preset: '5', symmetry: true, distinct: 314, generated: 2048, depth: 17 },
        { preset: '4', distinct: 1568, generated: 8258, depth: 14 },
        { preset: '5', distinct: 8832, generated: 58_146, depth: 17 },
        { preset: '6', distinct: 50_816, generated: 402_306, depth: 20 },
        { preset: '7', distinct: 296_448, generated: 2_744_706, depth: 23 },
      ],
    },
  ],
  [
    'ewd840',
    {
      model: ewd840,
      runs: [
        {
          distinct: 302,
          generated: 2001,
          depth: 9,
          fails: ['isDetectedWhenAllRest', 'stopsWithoutMessages'],
        },
        {
          preset: '4',
          distinct: 1566,
          generated: 15_986,
          depth: 12,
          fails: ['isDetectedWhenAllRest', 'stopsWithoutMessages'],
        },
        {
          preset: 'all fair',
          distinct: 302,
          generated: 2001,
          depth: 9,
          fails: ['isDetectedWhenAllRest'],
        },
      ],
    },
  ],
  [
    'readers-writers',
    {
      model: readersWriters,
      runs: [
        { distinct: 390, generated: 935, depth: 9 },
        { preset: '3', distinct: 21_527, generated: 59_674, depth: 13 },
        { preset: '4', distinct: 2_192_020, generated: 7_069_237, depth: 17 },
      ],
    },
  ],
  ['token-ring', { model: tokenRing, runs: [{ distinct: 46_656, generated: 248_832, depth: 1 }] }],
  [
    'async-termination',
    { model: asyncTermination, runs: [{ distinct: 4097, generated: 53_271, depth: 14 }] },
  ],
  [
    'teaching-concurrency',
    { model: teachingConcurrency, runs: [{ distinct: 723, generated: 1842, depth: 11 }] },
  ],
  ['peterson', { model: peterson, runs: [{ distinct: 42, generated: 77, depth: 11 }] }],
  ['lamport-mutex', { model: lamportMutex, runs: [{ distinct: 724_274, generated: 2_729_079, depth: 61 }] }],
  [
    'paxos',
    {
      model: paxos,
      runs: [
        { distinct: 3921, generated: 23_563, depth: 17 },
        { preset: 'one', distinct: 25, generated: 82, depth: 9 },
      ],
    },
  ],
  [
    'voting',
    {
      model: voting,
      runs: [
        { symmetry: true, distinct: 77, generated: 451, depth: 11 },
        { preset: 'large', distinct: 6752, generated: 41_017, depth: 16 },
      ],
    },
  ],
  [
    'vote-proof',
    // Published with depth 15; TLC with a single worker finds 14.
    { model: voteProof, runs: [{ distinct: 6962, generated: 318_877, depth: 14 }] },
  ],
  [
    'paxos-commit',
    {
      model: paxosCommit,
      runs: [
        { preset: 'tiny', distinct: 1461, generated: 9936, depth: 15 },
        { distinct: 1_321_761, generated: 16_959_159, depth: 28 },
      ],
    },
  ],
  [
    'jugs',
    {
      model: jugs,
      runs: [
        { violates: 'isNotYetThere', states: 7 },
        { preset: 'impossible', distinct: 16, generated: 97, depth: 8 },
      ],
    },
  ],
  ['missionaries', { model: missionaries, runs: [{ violates: 'somebodyIsLeft', states: 12 }] }],
  [
    'atomic-commit',
    {
      model: atomicCommit,
      runs: [{ distinct: 54_944, generated: 218_352, depth: 21, fails: ['aliveDecide'] }],
    },
  ],
  [
    'non-blocking-commit',
    { model: nonBlockingCommit, runs: [{ distinct: 3016, generated: 49_592, depth: 7 }] },
  ],
])
