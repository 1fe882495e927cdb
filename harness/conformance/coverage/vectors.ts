import { createSpecEngine, facetOf } from '../../adapters/index.ts'
import type { Engine } from '../../ports/index.ts'
import type { VectorSet } from '../vectors/format.ts'
import { collectSets } from '../vectors/sets.ts'
import type { AnyRule } from './rules.ts'
import { hearing, type Side } from './watch.ts'

/** In how many cases of a vector file a rule was kept, and in how many it was broken. */
interface VectorEvidence extends Readonly<Record<Side, number>> {
  readonly file: string
}

/** What public vectors fire: each rule by its id, and each error of the script machine by its name. */
interface VectorCoverage {
  readonly rules: ReadonlyMap<string, readonly VectorEvidence[]>
  /** In how many cases an error was the answer. */
  readonly scriptErrors: ReadonlyMap<string, number>
}

/** The rule that asks the script machine; vectors about scripts ask the machine itself. */
const SCRIPTS_RULE = 'scripts'

/** Runs vector files on the specification and reports which rules each of them keeps and breaks. */
export function measureVectors(
  rules: readonly AnyRule[],
  paths: readonly string[],
  onProgress: (done: number, total: number, file: string) => void,
): VectorCoverage {
  const evidence = new Map<string, VectorEvidence[]>()
  const scriptErrors = new Map<string, number>()
  const sets = collectSets(paths)
  for (const [index, set] of sets.entries()) {
    const file = set.files.map(shortName).join(', ')
    onProgress(index, sets.length, file)
    for (const [ruleId, sides] of casesByRule(rules, set, scriptErrors))
      evidence.set(ruleId, [...(evidence.get(ruleId) ?? []), { file, ...sides }])
  }
  return { rules: evidence, scriptErrors }
}

function casesByRule(
  rules: readonly AnyRule[],
  set: VectorSet,
  scriptErrors: Map<string, number>,
): Map<string, Record<Side, number>> {
  const counts = new Map<string, Record<Side, number>>()
  let heard = new Set<string>()
  const listed = new Set(rules.map(({ id }) => id))
  const note = (ruleId: string, side: Side) => {
    if (listed.has(ruleId)) heard.add(`${ruleId} ${side}`)
  }
  const answers = new Set<string>()
  const engine = listening(createSpecEngine(hearing(note)), (answer) => {
    note(SCRIPTS_RULE, answer === 'OK' ? 'kept' : 'broken')
    if (answer !== 'OK') answers.add(answer)
  })
  if (set.abstention(engine) !== undefined) return counts
  for (const vector of set.table().cases) {
    heard = new Set()
    answers.clear()
    vector.run(engine)
    for (const fired of heard) {
      const [ruleId, side] = fired.split(' ') as [string, Side]
      const count = counts.get(ruleId) ?? { kept: 0, broken: 0 }
      count[side]++
      counts.set(ruleId, count)
    }
    for (const answer of answers) scriptErrors.set(answer, (scriptErrors.get(answer) ?? 0) + 1)
  }
  return counts
}

/** The same engine, with somebody who hears what its script machine answers. */
function listening(engine: Engine, hear: (answer: string) => void): Engine {
  const scripts = facetOf(engine, 'scripts')
  return {
    ...engine,
    scripts: {
      ...scripts,
      verifyScript: (request) => {
        const answer = scripts.verifyScript(request)
        hear(answer)
        return answer
      },
    },
  }
}

/** The end of a path, from the package or folder that distinguishes files of one name. */
function shortName(path: string): string {
  const parts = path.split(/[\\/]/)
  const inPackage = parts.lastIndexOf('node_modules')
  return inPackage === -1 ? parts.slice(-2).join('/') : [parts[inPackage + 1], parts.at(-1)].join('/')
}
