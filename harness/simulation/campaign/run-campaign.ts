import { join } from 'node:path'
import type { RunOutcome } from '../../../reports/index.ts'
import { writeWhole } from '../../files/index.ts'
import type { Hazard } from '../adversary/hazards.ts'
import { openThreads, type Players } from './players.ts'
import { openQueue } from './queue.ts'
import { openResults, type Results } from './results.ts'
import type { Profile, SeedReport } from './run-seed.ts'
import { createTally, type Tally } from './tally.ts'

export interface CampaignOptions {
  /** How many seeds, from `seed` on. */
  readonly seeds: number
  readonly seed: number
  readonly nodes: number
  readonly profile: Profile
  /** Hazards that no seed draws. */
  readonly without: readonly Hazard[]
  /** Tours of the network model that each seed plays after its plan (default: 0). */
  readonly tours?: number
  /** No seed is begun after this. */
  readonly budgetMs: number
  /**
   * What shrinking may take of that, all failures together: from the first failure on, seeds end so much earlier.
   * Where it is left out, each failure has half a minute of its own, after the budget.
   */
  readonly shrinkMs?: number
  /** Threads; 0 plays in this one. */
  readonly jobs: number
  /** A queue whose workers play instead of threads. */
  readonly queue?: string
  /** Keeps the result of each seed, a line of JSON each; a seed that is there already is not played again. */
  readonly results?: string
  /** Where failing scenarios are written. */
  readonly out: string
  /** Writes a file there; default: whole or not at all, and throws FileError. */
  readonly save?: (file: string, content: string) => void
}

/** One way to fail, however many seeds found it. */
export interface CampaignFailure {
  readonly signature: string
  readonly seeds: readonly number[]
  /** The hazards that the seed of the file has drawn. */
  readonly faults: readonly string[]
  readonly reason: string
  /** The smallest scenario that still fails so. */
  readonly file: string
  readonly stepsBefore: number
  readonly stepsAfter: number
}

export interface CampaignResult extends Tally {
  readonly outcome: RunOutcome
  /** One line, unless it passed. */
  readonly reason?: string
  readonly failures: readonly CampaignFailure[]
  /** Wall time. */
  readonly elapsedMs: number
}

/** Failures made small at the end; more than these are only counted. */
const SHRINK_MAX = 8
const SHRINK_MS = 30_000

/**
 * Plays many seeds over threads, reports each as it ends, and keeps one scenario of each way to fail: as it was found at
 * once, so that nothing is lost when the campaign is interrupted, and a small one in the same file at the end.
 */
export async function runCampaign(
  options: CampaignOptions,
  onSeed: (report: SeedReport) => void = () => {},
): Promise<CampaignResult> {
  const started = performance.now()
  const tally = createTally(options.profile, options.without)
  const results = resultsOf(options)
  const players = await openPlayers(options)
  try {
    const files = new Map<string, string>()
    const reserveMs = () => (files.size > 0 ? (options.shrinkMs ?? 0) : 0)
    await playSeeds(options, players, results?.known ?? new Map(), reserveMs, (report) => {
      if (results?.known.has(report.seed) === false) results.add(report)
      tally.add(report)
      for (const [signature, [first]] of tally.failing())
        if (!files.has(signature)) files.set(signature, keepAsFound(options, signature, first!))
      onSeed(report)
    })
    const failures = await keepFailures(options, players, tally.failing(), files)
    const summary = tally.summary()
    return { ...summary, ...judge(summary, failures), failures, elapsedMs: performance.now() - started }
  } finally {
    await players.close()
  }
}

/** A queue's workers play whole seeds; those who wait for the first of them wait a minute. */
const PATIENCE_MS = 60_000

function openPlayers({ queue, jobs }: CampaignOptions): Promise<Players> | Players {
  return queue === undefined ? openThreads(jobs) : openQueue(queue, PATIENCE_MS)
}

function resultsOf({ results, nodes, profile, without, tours = 0 }: CampaignOptions): Results | undefined {
  return results === undefined
    ? undefined
    : openResults(results, { format: 'touchstone-campaign/1', nodes, profile, without, tours })
}

async function playSeeds(
  { seeds, seed, nodes, profile, without, tours = 0, budgetMs }: CampaignOptions,
  players: Players,
  known: ReadonlyMap<number, SeedReport>,
  reserveMs: () => number,
  onSeed: (report: SeedReport) => void,
): Promise<void> {
  const deadline = performance.now() + budgetMs
  let next = seed
  const drain = async () => {
    while (next < seed + seeds && performance.now() < deadline - reserveMs()) {
      const task = { seed: next++, nodes, profile, without, tours }
      const report = known.get(task.seed)
      if (report !== undefined) {
        onSeed(report)
        continue
      }
      const result = await players.run(task)
      if ('report' in result) onSeed(result.report)
    }
  }
  await Promise.all(Array.from({ length: players.width }, drain))
}

/** Returns the file. */
function keepAsFound(
  { out, save = writeWhole }: CampaignOptions,
  signature: string,
  found: SeedReport,
): string {
  const file = join(out, `seed-${found.seed}-${slug(signature)}.json`)
  save(file, `${JSON.stringify(found.scenario!, null, 2)}\n`)
  return file
}

async function keepFailures(
  { nodes, profile, without, shrinkMs, save = writeWhole }: CampaignOptions,
  players: Players,
  failing: ReadonlyMap<string, readonly SeedReport[]>,
  files: ReadonlyMap<string, string>,
): Promise<CampaignFailure[]> {
  const shrunkCount = Math.min(failing.size, SHRINK_MAX)
  const eachMs = Math.min(SHRINK_MS, ((shrinkMs ?? Number.POSITIVE_INFINITY) * players.width) / shrunkCount)
  const kept = [...failing].map(async ([signature, reports], index) => {
    // The run with the fewest events is the nearest to a small one.
    const first = [...reports].sort((a, b) => a.events - b.events || a.seed - b.seed)[0]!
    const task = { seed: first.seed, nodes, profile, without, shrinkMs: eachMs }
    const result = index < SHRINK_MAX ? await players.run(task) : undefined
    const shrunk = result !== undefined && 'shrunk' in result ? result.shrunk : undefined
    const scenario = shrunk?.scenario ?? first.scenario!
    const file = files.get(signature)!
    save(file, `${JSON.stringify(scenario, null, 2)}\n`)
    const seeds = reports.map((report) => report.seed).sort((a, b) => a - b)
    const steps = scenario.steps.length
    const { stepsBefore = steps, stepsAfter = steps } = shrunk ?? {}
    const { faults, reason = signature } = first
    return { signature, seeds, faults, reason, file, stepsBefore, stepsAfter }
  })
  return Promise.all(kept)
}

function judge(tally: Tally, failures: readonly CampaignFailure[]): { outcome: RunOutcome; reason?: string } {
  if (failures.length > 0) return { outcome: 'fail', reason: failures[0]!.reason }
  if (tally.played === 0) return { outcome: 'unknown', reason: 'no seed was played' }
  if (tally.unknown > 0)
    return { outcome: 'unknown', reason: `${tally.unknown} seeds did not come to an end` }
  if (tally.missingMarks.length > 0)
    return { outcome: 'vacuous', reason: `never happened: ${tally.missingMarks.join(', ')}` }
  return { outcome: 'pass' }
}

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
