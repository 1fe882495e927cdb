import { createHash } from 'node:crypto'
import type { Engine } from '../../ports/index.ts'
import type { CorpusEntry } from '../../scenario/index.ts'
import { collectSets, nameOfSet } from '../vectors/sets.ts'
import { casesOfStory } from './from-story.ts'
import { casesOfVectors } from './from-vectors.ts'
import { generatedCases } from './generated.ts'
import type { LibraryCase, LibrarySource } from './library-case.ts'

/** What stories know at the level of scripts, transactions and blocks. */
export function storySource(corpus: readonly CorpusEntry[]): LibrarySource {
  return { name: 'scenarios', cases: casesOfStories(corpus) }
}

/** Stories have much in common: nothing is asked twice. */
function* casesOfStories(corpus: readonly CorpusEntry[]): Generator<LibraryCase, void> {
  const asked = new Set<string>()
  for (const { id, compiled } of corpus)
    for (const one of casesOfStory(compiled)) {
      const key = createHash('sha1').update(JSON.stringify(one.question)).digest('hex')
      if (asked.has(key)) continue
      asked.add(key)
      yield { ...one, id: `${id}, ${one.id}` }
    }
}

/** One source for each file of vectors that asks the specification anything of the kind. */
export function vectorSources(paths: readonly string[], reference: Engine): LibrarySource[] {
  return collectSets(paths, { onUnreadable: () => {} })
    .filter((set) => !set.isSequential && set.abstention(reference) === undefined)
    .map((set) => ({ name: `vectors/${nameOfSet(set)}`, cases: casesOfVectors(set, reference) }))
}

/** Generated stories, without end. */
export function generatedSource(seed: number): LibrarySource {
  return { name: 'generated', cases: generatedCases(seed) }
}
