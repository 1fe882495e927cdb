import type { CaseResult, RunRecord } from '../../../reports/index.ts'
import { createNodeFactory, createSpecOracle } from '../../adapters/index.ts'
import type { CorpusEntry } from '../../scenario/index.ts'
import { SIMULATED_CAPABILITIES, simulate } from './simulate.ts'

/** A scenario as it was played, with all that was recorded. */
export interface Played {
  readonly result: CaseResult
  /** Equal runs have equal ones; absent where nothing was played. */
  readonly eventHash?: string
  readonly records: readonly RunRecord[]
  /** Every event in one line, when asked for. */
  readonly trace?: readonly string[]
}

export type Player = (entry: CorpusEntry, traced?: boolean) => Played

/** Whole nodes on a simulated network, every verdict and state compared with the specification's. */
export function simulatorPlayer(): Player {
  const createNode = createNodeFactory()
  const oracle = createSpecOracle()
  return ({ id, path, compiled }, traced = false) => {
    const lacking = [...compiled.requires].filter((need) => !SIMULATED_CAPABILITIES.has(need))
    if (lacking.length > 0) {
      const message = `it lacks ${lacking.join(', ')}`
      return { result: { id, title: compiled.scenario.title, status: 'abstain', message }, records: [] }
    }
    const start = performance.now()
    const records: RunRecord[] = []
    const run = simulate(compiled, createNode, { oracle, traced, record: (line) => records.push(line) })
    const about = { id, title: compiled.scenario.title, seconds: (performance.now() - start) / 1000 }
    const missed = run.expectations.find(({ status }) => status === 'fail')
    const facts = run.divergence ?? missed
    const result: CaseResult =
      run.outcome === 'pass'
        ? { ...about, status: 'pass' }
        : {
            ...about,
            status: 'fail',
            message: run.reason ?? run.outcome,
            ...(facts === undefined ? {} : { expected: facts.expected, actual: facts.actual }),
            repro: `npx touchstone replay ${path}`,
          }
    const played = { result, eventHash: run.eventHash, records }
    return run.trace === undefined ? played : { ...played, trace: run.trace }
  }
}

/** What became of a scenario that an engine played; equal runs have equal event hashes. */
export type EngineRun = CaseResult & Pick<Played, 'eventHash'>

/** Any other target as `judge` plays it, an engine's session for each node; `target` as `--node` names it. */
export function enginePlayer(
  judge: (entry: CorpusEntry, record: (line: RunRecord) => void) => EngineRun,
  target: string,
): Player {
  return (entry) => {
    const start = performance.now()
    const records: RunRecord[] = []
    const { eventHash, ...result } = judge(entry, (line) => records.push(line))
    const seconds = (performance.now() - start) / 1000
    const repro = `npx touchstone replay ${entry.path} --node '${target}'`
    const timed = result.status === 'fail' ? { ...result, seconds, repro } : { ...result, seconds }
    return { result: timed, records, ...(eventHash === undefined ? {} : { eventHash }) }
  }
}
