import type { CaseResult, RunRecord } from '../../../reports/index.ts'
import { createNodeFactory, createSpecOracle } from '../../adapters/index.ts'
import type { Engine, Strictness } from '../../ports/index.ts'
import type { CorpusEntry } from '../../scenario/index.ts'
import { SIMULATED_CAPABILITIES, simulate } from '../../simulation/index.ts'
import { judgeScenario, playOnEngine } from './judge.ts'

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
    const missed = run.expectations.find((one) => one.status === 'fail')
    const facts = run.divergence ?? missed
    const result: CaseResult =
      run.outcome === 'pass'
        ? { ...about, status: 'pass' }
        : {
            ...about,
            status: 'fail',
            message: run.reason ?? run.outcome,
            ...(facts === undefined ? {} : { expected: facts.expected, actual: facts.actual }),
            repro: `touchstone replay ${path}`,
          }
    const played = { result, eventHash: run.eventHash, records }
    return run.trace === undefined ? played : { ...played, trace: run.trace }
  }
}

/** An engine without a network of its own; verdicts and expectations are compared. */
export function enginePlayer(
  engine: Engine,
  reference: Engine,
  strictness: Strictness,
  target: string,
): Player {
  return (entry) => {
    const start = performance.now()
    const judged =
      engine.name === reference.name
        ? playOnEngine(entry, engine, strictness)
        : judgeScenario(entry, engine, { strictness, reference })
    const { eventHash, ...result } = judged
    const seconds = (performance.now() - start) / 1000
    const repro = `touchstone replay ${entry.path} --node '${target}'`
    const timed = result.status === 'fail' ? { ...result, seconds, repro } : { ...result, seconds }
    return { result: timed, records: [], ...(eventHash === undefined ? {} : { eventHash }) }
  }
}
