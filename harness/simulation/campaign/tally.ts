import { HAZARDS, type Hazard, QUIET_HAZARDS } from '../adversary/hazards.ts'
import type { Profile, SeedReport } from './run-seed.ts'

/** What must have happened at least once, or a campaign has tested nothing. */
const REQUIRED_MARKS = [
  'reorg',
  'conflict',
  'lock-height-open',
  'lock-height-shut',
  'lock-time-open',
  'lock-time-shut',
] as const

/** Hazards that a profile draws; what comes of one is marked by its name. */
const HAZARDS_OF: Record<Profile, readonly Hazard[]> = {
  swarm: HAZARDS,
  lite: QUIET_HAZARDS,
  perf: QUIET_HAZARDS,
}

/** A campaign in numbers. */
export interface Tally {
  readonly played: number
  readonly passed: number
  readonly failed: number
  readonly unknown: number
  readonly events: number
  readonly blocks: number
  /** By virtual clocks, ms. */
  readonly virtualMs: number
  /** Ms of work, all threads together. */
  readonly busyMs: number
  /** Rare events, with the number of seeds in which each occurred. */
  readonly marks: Readonly<Record<string, number>>
  readonly missingMarks: readonly string[]
  /** Hazards of which nothing happened in any seed. */
  readonly missingFaults: readonly Hazard[]
}

/** Adds up what seeds came to, in whatever order they end. */
export function createTally(profile: Profile, without: readonly Hazard[] = []) {
  const outcomes = { pass: 0, fail: 0, unknown: 0, vacuous: 0 }
  const sums = { events: 0, blocks: 0, virtualMs: 0, busyMs: 0 }
  const marks = new Map<string, number>()
  const failing = new Map<string, SeedReport[]>()
  return {
    add(report: SeedReport): void {
      outcomes[report.outcome]++
      sums.events += report.events
      sums.blocks += report.blocks
      sums.virtualMs += report.virtualMs
      sums.busyMs += report.elapsedMs
      for (const mark of report.marks) marks.set(mark, (marks.get(mark) ?? 0) + 1)
      if (report.signature !== undefined)
        failing.set(report.signature, [...(failing.get(report.signature) ?? []), report])
    },
    /** By signature. */
    failing: (): ReadonlyMap<string, readonly SeedReport[]> => failing,
    summary: (): Tally => ({
      ...sums,
      played: outcomes.pass + outcomes.fail + outcomes.unknown,
      passed: outcomes.pass,
      failed: outcomes.fail,
      unknown: outcomes.unknown,
      marks: Object.fromEntries([...marks].sort()),
      missingMarks: REQUIRED_MARKS.filter((mark) => !marks.has(mark)),
      missingFaults: HAZARDS_OF[profile].filter((hazard) => !marks.has(hazard) && !without.includes(hazard)),
    }),
  }
}
