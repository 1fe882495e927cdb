import { type CaseResult, visible } from '../../../reports/index.ts'
import { createEngine, type ForeignEngine, TargetError } from '../../adapters/index.ts'
import {
  dialogueOf,
  fingerprintOf,
  generatedSource,
  judgeLibrary,
  type LibraryDifference,
  type LibraryResult,
  type LibrarySource,
  storySource,
  vectorSources,
} from '../../conformance/index.ts'
import type { Library, Strictness } from '../../ports/index.ts'
import type { CorpusEntry } from '../../scenario/index.ts'
import { outputFileOf, quoted } from '../folders.ts'
import { freshSeed } from '../options.ts'
import type { Terminal } from '../terminal.ts'

interface LibraryOptions {
  readonly node: string
  readonly strict: Strictness
  /** So many generated cases. */
  readonly generated?: number
  readonly seed?: number
}

const GENERATED = 2000

/** Asks a library what stories, vectors (of TOUCHSTONE_VECTORS) and generated stories know without a chain. */
export function conformLibrary(
  terminal: Terminal,
  opened: ForeignEngine,
  open: () => ForeignEngine,
  corpus: readonly CorpusEntry[],
  options: LibraryOptions,
): { readonly name: string; readonly cases: readonly CaseResult[] } {
  const reference = createEngine('spec')
  const { generated = GENERATED, seed = freshSeed() } = options
  let target = opened
  const library = (): Library => {
    if (!target.isAlive()) {
      target.close()
      target = open()
    }
    if (target.library === undefined) throw new TargetError('it is a library no longer')
    return target.library
  }
  const vectors = process.env.TOUCHSTONE_VECTORS
  const sources: readonly (readonly [LibrarySource, number?])[] = [
    [storySource(corpus)],
    ...(vectors === undefined ? [] : vectorSources([vectors], reference).map((source) => [source] as const)),
    [generatedSource(seed), generated],
  ]
  const bar = terminal.progress('conform', sources.length)
  try {
    const cases = sources.flatMap(([source, casesMax], index) => {
      const result = judgeLibrary(source, {
        reference: reference.library!,
        strictness: options.strict,
        target: library,
        ...(casesMax === undefined ? {} : { casesMax }),
        progress: (done, id) => bar.update(index, `${done} ${id}`),
      })
      return casesOf(terminal, result, options, seed)
    })
    return { name: target.name, cases }
  } finally {
    bar.stop()
    target.close()
  }
}

/** One case for what agreed, and one for each way to differ. */
function casesOf(
  terminal: Terminal,
  { name, agreed, differences, skips }: LibraryResult,
  options: LibraryOptions,
  seed: number,
): CaseResult[] {
  const left = Object.entries(skips)
    .map(([why, count]) => `${count} not asked: ${why}`)
    .join('; ')
  const asked = agreed + differences.reduce((sum, { times }) => sum + times, 0)
  if (asked === 0 && left === '') return []
  const whole: CaseResult = {
    id: name,
    title: name,
    status: agreed === 0 ? 'abstain' : 'pass',
    message: `${agreed} of ${asked} agree${left === '' ? '' : `; ${left}`}`,
  }
  return [...(agreed === 0 && asked > 0 ? [] : [whole]), ...differences.map(toCase)]

  function toCase({ cause, times, first, expected, actual }: LibraryDifference): CaseResult {
    const id = `${name}: ${visible(cause)}`
    const file = outputFileOf('sessions', id, 'ndjson')
    const isKept = terminal.save(file, dialogueOf([first.question]))
    const words = ['npx', 'touchstone', 'conform', '--node', options.node, '--strict', options.strict]
    const judged: CaseResult = {
      id,
      title: name,
      status: 'fail',
      message: `${times} ${times === 1 ? 'case' : 'cases'}, first ${first.id}`,
      expected,
      actual,
    }
    return {
      ...judged,
      ...(isKept ? { session: file } : {}),
      fingerprint: fingerprintOf(judged),
      repro: [...words, '--seed', String(seed)].map(quoted).join(' '),
    }
  }
}
