import fc from 'fast-check'
import { facetOf } from '../../../adapters/index.ts'
import type { Engine, ScriptRequest } from '../../../ports/index.ts'
import { buildCase } from './build-case.ts'
import { scriptCase } from './draw-case.ts'
import { FLAG_SETS, POLICY_SETS } from './flag-sets.ts'
import { type Kernel, kernelRequest } from './kernel.ts'

export interface ScriptComparison {
  readonly cases: number
  /** Of each engine: one per case and flag set. */
  readonly verdicts: number
  /** Verdicts by the specification's name for them. */
  readonly names: Readonly<Record<string, number>>
  readonly differences: readonly ScriptDifference[]
}

/** One case in which two engines differ, with all that it takes to ask again. */
export interface ScriptDifference {
  readonly engines: string
  readonly flags: readonly string[]
  readonly answers: readonly string[]
  readonly request: ReturnType<typeof kernelRequest>
}

export interface ComparisonOptions {
  readonly specification: Engine
  readonly node: Engine
  /** Without it specification and node are compared with each other alone. */
  readonly kernel: Kernel | undefined
  readonly cases: number
  readonly seed: number
}

const BATCH = 250
const DIFFERENCES_MAX = 20

/**
 * Judges generated inputs under every set of consensus flags: specification and node must give one name, and Core's
 * engine, which gives no names, must allow and refuse the same. Under sets with policy flags the two are compared alone.
 */
export function compareScripts(
  { specification, node, kernel, cases, seed }: ComparisonOptions,
  progress: (done: number) => void = () => {},
): ScriptComparison {
  const [wanted, given] = [facetOf(specification, 'scripts'), facetOf(node, 'scripts')]
  const names: Record<string, number> = {}
  const differences: ScriptDifference[] = []
  let verdicts = 0
  for (let done = 0; done < cases && differences.length < DIFFERENCES_MAX; done += BATCH) {
    const count = Math.min(BATCH, cases - done)
    const requests = fc.sample(scriptCase, { seed: (seed + done) | 0, numRuns: count }).map(buildCase)
    const answers = kernel?.ask(requests, FLAG_SETS)
    for (const [index, request] of requests.entries()) judge(request, answers?.[index])
    progress(done + count)
  }
  return { cases, verdicts, names, differences }

  function judge(request: Omit<ScriptRequest, 'flags'>, allowed: readonly boolean[] | undefined): void {
    for (const [index, flags] of [...FLAG_SETS, ...POLICY_SETS].entries()) {
      const expected = wanted.verifyScript({ ...request, flags })
      const actual = given.verifyScript({ ...request, flags })
      names[expected] = (names[expected] ?? 0) + 1
      verdicts++
      if (expected !== actual) differ('specification, node', [expected, actual])
      const isAllowed = allowed?.[index]
      if (isAllowed !== undefined && isAllowed !== (expected === 'OK'))
        differ('specification, kernel', [expected, isAllowed ? 'OK' : 'not OK'])

      function differ(engines: string, answers: readonly string[]): void {
        differences.push({ engines, flags, answers, request: kernelRequest(request, [flags]) })
      }
    }
  }
}
