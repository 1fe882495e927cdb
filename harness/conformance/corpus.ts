import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  type ChainLookup,
  type CompiledScenario,
  compileScenario,
  readScenario,
  ScenarioError,
} from '../scenario/index.ts'

/** One scenario file, compiled. `id` is stable: where it lies below the folder that was asked for. */
export interface CorpusEntry {
  readonly id: string
  readonly path: string
  readonly compiled: CompiledScenario
}

/** Every scenario in these files and folders, in the order of their paths; a malformed one throws with its path. */
export function readCorpus(paths: readonly string[], lookup: ChainLookup): CorpusEntry[] {
  return paths
    .flatMap(scenarioFiles)
    .map((path) => ({ id: idOf(path), path, compiled: compileFile(path, lookup) }))
}

/** @throws ScenarioError with the file, the place in it, and what was expected there */
function compileFile(path: string, lookup: ChainLookup): CompiledScenario {
  try {
    return compileScenario(readScenario(readFileSync(path, 'utf8')), lookup)
  } catch (error) {
    if (error instanceof ScenarioError) throw new ScenarioError(path, error.message)
    throw error
  }
}

function scenarioFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => {
      const inner = join(path, name)
      return statSync(inner).isDirectory() || name.endsWith('.json') ? scenarioFiles(inner) : []
    })
}

/** `reorg/deep` for any path that ends in reorg/deep.json. */
function idOf(path: string): string {
  return path
    .replace(/\.json$/, '')
    .split(/[\\/]/)
    .slice(-2)
    .join('/')
}
