import type { CaseResult } from '../../../reports/index.ts'
import {
  chainLookup,
  createEngine,
  type ForeignEngine,
  parseTarget,
  TargetError,
} from '../../adapters/index.ts'
import { judgeScenario } from '../../conformance/index.ts'
import type { Strictness } from '../../ports/index.ts'
import type { CorpusEntry, StoryGround } from '../../scenario/index.ts'
import { outputFileOf, quoted, shortPath } from '../folders.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'

/** How stories are played to a target. */
export interface StoryOptions {
  readonly node: string
  readonly strict: Strictness
  readonly chain?: string
  /** Unix seconds. */
  readonly epoch?: number
  readonly doors?: 'rpc' | 'both'
}

/** On which chain the scenarios are replayed; undefined: each on its own. */
export function groundAsked({ chain, node, epoch }: StoryOptions): StoryGround | undefined {
  const { stories } = parseTarget('--node', node)
  if (epoch !== undefined && (chain !== undefined || stories?.prelude === undefined))
    throw new UsageError('--epoch: stories are played to this node at the times that they have')
  if (chain === undefined) {
    const startTime = epoch ?? (stories?.isShared === true ? freshEpoch() : undefined)
    return startTime === undefined || stories?.prelude === undefined
      ? stories
      : { ...stories, prelude: { ...stories.prelude, startTime } }
  }
  if (chainLookup(chain) === undefined)
    throw new UsageError(`--chain ${chain}: there is no chain of this name`)
  return { chain }
}

/** Ten years ago, and another second in each run: a node that forgets nothing is given blocks that it has never seen. */
const freshEpoch = () => Math.floor(Date.now() / 1000) - TEN_YEARS_SECONDS
const TEN_YEARS_SECONDS = 315_360_000

/** Every story, played to the target; it is started again where it ended. */
export function judgeCorpus(
  terminal: Terminal,
  opened: ForeignEngine,
  open: () => ForeignEngine,
  corpus: readonly CorpusEntry[],
  options: StoryOptions,
): { name: string; cases: CaseResult[] } {
  const judgement = { strictness: options.strict, reference: createEngine('spec') }
  const bar = terminal.progress('conform', corpus.length)
  let target: ForeignEngine | undefined = opened
  const { name } = opened
  const cases: CaseResult[] = []
  try {
    for (const [index, entry] of corpus.entries()) {
      bar.update(index, entry.id)
      const start = performance.now()
      const judged = judgeOrRestart(entry)
      cases.push(kept(terminal, entry, options, judged, (performance.now() - start) / 1000))
    }
  } finally {
    bar.stop()
    target?.close()
  }
  return { name, cases }

  /** Whatever ended, or said what it must not, is started again for the next scenario. */
  function judgeOrRestart(entry: CorpusEntry): ReturnType<typeof judgeScenario> {
    try {
      target ??= open()
    } catch (error) {
      if (!(error instanceof TargetError)) throw error
      const title = entry.compiled.scenario.title
      return { id: entry.id, title, status: 'fail', message: `it does not start again: ${error.message}` }
    }
    const judged = judgeScenario(entry, target, judgement)
    if (!target.isAlive()) {
      target.close()
      target = undefined
    }
    return judged
  }
}

/** A case as it is reported; the session that shows a failure goes to a file of its own. */
function kept(
  terminal: Terminal,
  { id, path }: CorpusEntry,
  { node, strict, ...how }: StoryOptions,
  { dialogue, eventHash: _, ...judged }: ReturnType<typeof judgeScenario>,
  seconds: number,
): CaseResult {
  if (judged.status !== 'fail') return { ...judged, seconds }
  const file = outputFileOf('sessions', id, 'ndjson')
  const isKept = dialogue !== undefined && terminal.save(file, dialogue)
  const words = ['conform', shortPath(path), '--node', node, '--strict', strict]
  const chosen = (['chain', 'epoch', 'doors'] as const).flatMap((option) =>
    how[option] === undefined ? [] : [`--${option}`, String(how[option])],
  )
  return {
    ...judged,
    seconds,
    ...(isKept ? { session: file } : {}),
    repro: ['npx', 'touchstone', ...words, ...chosen].map(quoted).join(' '),
  }
}
