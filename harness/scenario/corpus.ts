import { filesBelow, readText } from '../files/index.ts'
import type { ChainLookup } from './chain.ts'
import { compileScenario } from './compile.ts'
import type { CompiledScenario } from './compiled.ts'
import { ScenarioError } from './error.ts'
import type { Scenario } from './format/index.ts'
import { readScenario } from './parse.ts'
import { retell } from './transpose.ts'

/** One scenario file, compiled. `id` is stable: where it lies below the folder that was asked for. */
export interface CorpusEntry {
  readonly id: string
  readonly path: string
  readonly compiled: CompiledScenario
  /** The chain that it is told on instead of its own. */
  readonly retoldOn?: string
}

/**
 * Every scenario in these files and folders, in the order of their paths; a malformed one throws with its path.
 * With `chain`, those of other chains are told on that one.
 */
export function readCorpus(paths: readonly string[], lookup: ChainLookup, chain?: string): CorpusEntry[] {
  return paths
    .flatMap((path) => filesBelow(path, (name) => name.endsWith('.json')))
    .map((path) => ({ id: idOf(path), path, ...compileFile(path, lookup, chain) }))
}

/** @throws ScenarioError with the file, the place in it, and what was expected there */
function compileFile(
  path: string,
  lookup: ChainLookup,
  chain: string | undefined,
): Pick<CorpusEntry, 'compiled' | 'retoldOn'> {
  try {
    const scenario = readScenario(readText(path))
    const own = typeof scenario.chain === 'string' ? scenario.chain : baseOf(scenario.chain)
    const [from, to] = [own, chain].map((name) => (name === undefined ? undefined : lookup(name)))
    if (from === undefined || to === undefined || from === to)
      return { compiled: compileScenario(scenario, lookup) }
    return { compiled: compileScenario(retell(scenario, from, to), lookup), retoldOn: to.name }
  } catch (error) {
    if (error instanceof ScenarioError) throw new ScenarioError(path, error.message)
    throw error
  }
}

function baseOf(chain: Exclude<Scenario['chain'], string>): string | undefined {
  return 'base' in chain ? chain.base : undefined
}

/** `reorg/deep` for any path that ends in reorg/deep.json. */
function idOf(path: string): string {
  return path
    .replace(/\.json$/, '')
    .split(/[\\/]/)
    .slice(-2)
    .join('/')
}
