import type { Module } from '../../../../spec/index.ts'
import { createChance, traceToJson, walk } from '../../../checker/index.ts'
import type { Terminal } from '../../terminal.ts'
import type { VerbResult } from '../../verb.ts'
import { printConstants, printViolation, whole } from './print-checked.ts'
import { saveViolation, type ViolationFiles } from './save.ts'

export interface WalkRequest extends ViolationFiles {
  readonly walks: number
  readonly lengthMax: number
  readonly seed: number
  readonly deadlock: boolean
}

/** Walks at random through the states of a model; what is never seen is inconclusive, not a failure. */
export function checkByWalks<State extends object>(
  terminal: Terminal,
  model: Module<State>,
  { walks, lengthMax, seed, deadlock, ...files }: WalkRequest,
): VerbResult {
  const start = performance.now()
  const bar = terminal.progress('walk', walks)
  const walked = (() => {
    try {
      return walk(model, {
        walks,
        lengthMax,
        chance: createChance(seed),
        deadlock,
        onProgress: (done, distinct) => bar.update(done, `${whole(distinct)} states`),
      })
    } finally {
      bar.stop()
    }
  })()
  const seconds = (performance.now() - start) / 1000
  const { violation, found, coverage, sometimes, ...counts } = walked
  const never = Object.entries(sometimes).flatMap(([name, count]) => (count === 0 ? [name] : []))
  terminal.line(`${model.name}: ${printConstants(model.constants)}`)
  if (violation !== undefined) printViolation(terminal, model, violation)
  if (found !== undefined) terminal.line(`found on a way of ${found} states`)
  terminal.line(
    `${whole(counts.walks)} walks, ${whole(counts.visits)} visits, ${whole(counts.distinct)} distinct; estimated coverage ${(100 * coverage).toFixed(1)} %; ${seconds.toFixed(1)} s; seed ${seed}`,
  )
  if (never.length > 0) terminal.line(`never seen: ${never.join(', ')}`)
  terminal.line(violation !== undefined ? 'fail' : never.length > 0 ? 'inconclusive' : 'pass')
  saveViolation(terminal, model, violation, files)
  return {
    exitCode: violation !== undefined ? 1 : never.length > 0 ? 3 : 0,
    json: {
      model: model.name,
      constants: model.constants,
      seed,
      ...counts,
      coverage,
      sometimes,
      seconds,
      ...(violation !== undefined && {
        violation: { ...violation, trace: traceToJson(violation.trace) },
        found,
      }),
    },
  }
}
