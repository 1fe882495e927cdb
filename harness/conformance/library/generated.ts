import fc from 'fast-check'
import { chainLookup, createEngine } from '../../adapters/index.ts'
import { story } from '../../generators/index.ts'
import { compileScenario, parseScenario } from '../../scenario/index.ts'
import { RuleAccount } from '../coverage/generated/account.ts'
import { playStory } from '../fuzz/blocks/play.ts'
import { casesOfStory } from './from-story.ts'
import type { LibraryCase } from './library-case.ts'

const NOBODY = { delivered: () => {}, settled: () => {} }

/** What generated stories hold, story after story without end: the same from the same seed. */
export function* generatedCases(seed: number): Generator<LibraryCase, void> {
  const target = createEngine('spec')
  const account = new RuleAccount()
  for (let number = 0; ; number++) {
    const [drawn] = fc.sample(story, { seed: (seed + number) | 0, numRuns: 1 })
    const { scenario } = playStory(drawn!, { target, strictness: 'exact' }, account, () => NOBODY)
    const source = scenario()
    // A story whose moves all came to nothing.
    if (source.steps.length === 0) continue
    const compiled = compileScenario(parseScenario(source), chainLookup)
    for (const one of casesOfStory(compiled)) yield { ...one, id: `story ${seed + number}, ${one.id}` }
  }
}
