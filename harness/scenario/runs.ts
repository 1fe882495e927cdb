import { ScenarioError } from './error.ts'
import {
  type BlockSpec,
  blockSchema,
  type Scenario,
  type Step,
  type UnexpandedScenario,
} from './format/index.ts'

/** Writes out the rows of blocks, and `a1..a12` wherever items are sent. */
export function expandRuns(scenario: UnexpandedScenario): Scenario {
  const { runs, ...rest } = scenario
  const rows = Object.entries(runs).flatMap(([name, run]) => row(name, run))
  for (const [name] of rows)
    if (Object.hasOwn(scenario.blocks, name))
      throw new ScenarioError(`blocks.${name}`, 'a run makes a block of this name')
  const blocks = { ...Object.fromEntries(rows), ...scenario.blocks }
  const items = Object.keys(blocks).length + Object.keys(scenario.transactions).length
  return { ...rest, blocks, steps: scenario.steps.map((step, index) => expandItems(step, index, items)) }
}

function row(name: string, run: UnexpandedScenario['runs'][string]): [string, BlockSpec][] {
  const { extends: below, count, ...shared } = run
  return Array.from({ length: count }, (_, index) => [
    `${name}${index + 1}`,
    { ...blockSchema.parse({}), ...shared, extends: index === 0 ? below : `${name}${index}` },
  ])
}

/** A row longer than `longest`, the number of all items, is cut: one of its names does not exist, and is named as such. */
function expandItems(step: Step, index: number, longest: number): Step {
  if (step.do !== 'send') return step
  return {
    ...step,
    items: step.items.flatMap((item, position) => range(item, `steps.${index}.items.${position}`, longest)),
  }
}

function range(item: string, path: string, longest: number): string[] {
  const match = /^(.*?)(\d+)\.\.(.*?)(\d+)$/.exec(item)
  if (match === null) return [item]
  const [, prefix, first, otherPrefix, last] = match
  if (prefix !== otherPrefix || Number(first) > Number(last))
    throw new ScenarioError(path, `expected a row such as a1..a12, found "${item}"`)
  const length = Math.min(Number(last) - Number(first), longest) + 1
  return Array.from({ length }, (_, index) => `${prefix}${Number(first) + index}`)
}
