import type { RuleText, RunRecord, StoryEngine } from '../../reports/index.ts'
import { chainLookup, createNodeFactory, createSpecOracle } from '../adapters/index.ts'
import { listRules } from '../conformance/index.ts'
import { compileScenario, parseScenario } from '../scenario/index.ts'
import { simulate } from '../simulation/index.ts'
import { continueStory, expectTips } from './continue-story.ts'

/** A run of more events than this would let the reader wait. */
const EVENTS_MAX = 200_000

/** The built-in node on the simulated network, judged by the specification: all that a page needs to go on with a story. */
export function createStoryEngine(): StoryEngine {
  const createNode = createNodeFactory()
  const oracle = createSpecOracle()
  const rules = new Map(
    listRules().map(({ rule: { id, must, sources } }): [string, RuleText] => [id, { id, must, sources }]),
  )
  const compile = (story: unknown) => compileScenario(parseScenario(story), chainLookup)
  return {
    play(story, { fromMs, added }) {
      const written = compile(story)
      const continued = fromMs === undefined ? undefined : continueStory(written, fromMs, added)
      const compiled = continued === undefined ? written : compile(continued.story)
      const records: RunRecord[] = []
      simulate(compiled, createNode, {
        oracle,
        record: (line) => records.push(line),
        maxEvents: EVENTS_MAX,
        ...(continued === undefined ? {} : { untilMs: continued.untilMs }),
      })
      const items = [...compiled.items.keys()]
      if (continued === undefined) return { records, story, items }
      const steps = [...continued.story.steps, ...expectTips(records, continued.untilMs)]
      return { records, story: { ...continued.story, steps }, items }
    },
    rule: (id) => rules.get(id),
  }
}
