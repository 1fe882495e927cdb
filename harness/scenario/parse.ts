import type { z } from 'zod'
import { parseStrictJson } from '../files/index.ts'
import { checkBounds } from './bounds.ts'
import { ScenarioError } from './error.ts'
import { type Scenario, scenarioSchema } from './format/index.ts'
import { expandRuns } from './runs.ts'

/**
 * Reads a scenario from the text of its file and fills in the defaults.
 * @throws ScenarioError with the place and what was expected there, in one line
 */
export function readScenario(text: string): Scenario {
  let value: unknown
  try {
    value = parseStrictJson(text)
  } catch (error) {
    throw new ScenarioError('', (error as Error).message)
  }
  return parseScenario(value)
}

/** The same from a value that is already JSON. */
export function parseScenario(value: unknown): Scenario {
  const result = scenarioSchema.safeParse(value)
  if (result.success) {
    checkBounds(result.data)
    return expandRuns(result.data)
  }
  const { path, message } = closestIssue(result.error.issues[0]!)
  throw new ScenarioError(path.join('.'), message)
}

type Issue = z.core.$ZodIssue

/** Inside a choice between shapes, the complaint of the shape that fitted furthest. */
function closestIssue(issue: Issue): { path: PropertyKey[]; message: string } {
  if (issue.code === 'invalid_key')
    return { path: issue.path, message: issue.issues[0]?.message ?? issue.message }
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue
  const inner = issue.errors
    .filter((branch) => branch.length > 0)
    .map((branch) => closestIssue(branch[0]!))
    .map(({ path, message }) => ({ path: [...issue.path, ...path], message }))
  return inner.reduce(
    (best, candidate) => (candidate.path.length > best.path.length ? candidate : best),
    inner[0]!,
  )
}
