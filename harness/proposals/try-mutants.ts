import type { Example, Upgrade } from '../../spec/index.ts'
import { drawsFrom } from './draws.ts'
import { fireRules, neverFiring } from './firing.ts'
import { activationOf, judgeUnder } from './in-force.ts'
import { wrongSlotExamples } from './interactions.ts'
import { type DraftMutant, mutantLimits, mutantParts } from './mutants.ts'
import { judgePublicVectors } from './public-vectors.ts'

/** Who noticed that a draft is wrong; nobody where it is undefined. */
export interface TriedMutant {
  readonly name: string
  readonly noticedBy: 'examples' | 'check' | 'public vectors' | undefined
}

/** How to try a draft's mutants. */
export interface MutantTrial {
  readonly seed: number
  readonly draws: number
  /** Where the draft is written; absent: no limit is changed. */
  readonly path?: string | undefined
  readonly vectors: readonly string[]
}

/**
 * Plants one fault after the other into a draft and asks the draft's examples and draws, then `check`, then public vectors.
 * The examples are those of the draft as it is, which `fill` writes down for others.
 */
export async function* tryMutants(draft: Upgrade, trial: MutantTrial): AsyncGenerator<TriedMutant> {
  const { accepts = [], rejects = [], generator } = draft.examples ?? {}
  const drawn = generator === undefined ? [] : [...drawsFrom(trial.seed, trial.draws)].map(generator)
  const examples: readonly Example[] = [
    ...accepts,
    ...rejects,
    ...drawn.flatMap((pair) => [pair.accepts, pair.rejects]),
  ]
  const right = answersOf(draft, examples)
  for await (const { name, draft: mutant } of mutantsOf(draft, trial.path)) {
    const isSeen = answersOf(mutant, examples).some((answer, index) => answer !== right[index])
    yield { name, noticedBy: isSeen ? 'examples' : otherwiseNoticed(mutant, trial) }
  }
}

async function* mutantsOf(draft: Upgrade, path: string | undefined): AsyncGenerator<DraftMutant> {
  yield* mutantParts(draft)
  if (path !== undefined) yield* mutantLimits(path)
}

function answersOf(draft: Upgrade, examples: readonly Example[]): readonly string[] {
  const judge = judgeUnder(activationOf(draft).after)
  return examples.map((example) => {
    try {
      return judge.any(example)
    } catch {
      return 'the rule itself fails'
    }
  })
}

/** A fault in what only the examples read shows when they are asked of the mutant itself. */
function otherwiseNoticed(mutant: Upgrade, { seed, draws, vectors }: MutantTrial): TriedMutant['noticedBy'] {
  const firing = fireRules(mutant, seed, draws)
  if (firing.wrong.length > 0 || neverFiring(firing).length > 0) return 'check'
  if (wrongSlotExamples(mutant).length > 0) return 'check'
  return vectors.length > 0 && fails(mutant, vectors) ? 'public vectors' : undefined
}

function fails(mutant: Upgrade, vectors: readonly string[]): boolean {
  return judgePublicVectors(mutant, vectors).failures.length > 0
}
