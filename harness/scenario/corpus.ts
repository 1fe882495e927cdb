import { filesBelow, inFile, readText } from '../files/index.ts'
import type { ChainFile, Prelude } from '../ports/index.ts'
import { type ChainLookup, resolveChain } from './chain.ts'
import { compileScenario } from './compile.ts'
import type { CompiledScenario } from './compiled.ts'
import type { Scenario } from './format/index.ts'
import { readScenario } from './parse.ts'
import { aboveBlocks } from './prelude.ts'
import { transpose } from './transpose.ts'

/** One scenario file, compiled. `id` is stable: where it lies below the folder that was asked for. */
export interface CorpusEntry {
  readonly id: string
  readonly path: string
  readonly compiled: CompiledScenario
  /** The chain that it is replayed on instead of its own. */
  readonly transposedTo?: string
}

/**
 * Every scenario in these files and folders, in the order of their paths; a malformed one throws FileError with its path.
 * With `ground`, those of other chains are replayed there.
 */
export function readCorpus(
  paths: readonly string[],
  lookup: ChainLookup,
  ground?: StoryGround,
): CorpusEntry[] {
  const files = paths.flatMap((path) => filesBelow(path, (name) => name.endsWith('.json')))
  return identified([...new Set(files)]).map(({ id, path }, index) => ({
    id,
    path,
    ...compileFile(path, lookup, groundOf(ground, index)),
  }))
}

/** Stories that no node forgets begin a week after each other, so that no two have a block in common. */
function groundOf(ground: StoryGround | undefined, index: number): StoryGround | undefined {
  if (ground?.isShared !== true || ground.prelude === undefined) return ground
  const startTime = ground.prelude.startTime + index * WEEK_SECONDS
  return { ...ground, prelude: { ...ground.prelude, startTime } }
}

const WEEK_SECONDS = 604_800

/** One scenario of a file. @throws FileError with the place in the file, and what was expected there */
export function readScenarioFile(path: string, lookup: ChainLookup): CompiledScenario {
  return inFile(path, () => compileScenario(readScenario(readText(path)), lookup))
}

function compileFile(
  path: string,
  lookup: ChainLookup,
  ground: StoryGround | undefined,
): Pick<CorpusEntry, 'compiled' | 'transposedTo'> {
  return inFile(path, () => {
    const scenario = readScenario(readText(path))
    const own = typeof scenario.chain === 'string' ? scenario.chain : baseOf(scenario.chain)
    const from = own === undefined ? undefined : lookup(own)
    const to = typeof ground?.chain === 'string' ? lookup(ground.chain) : ground?.chain
    const isOwn = from === to && ground?.isShared !== true
    if (from === undefined || to === undefined || isOwn)
      return { compiled: compileScenario(scenario, lookup) }
    const transposed = from === to ? scenario : transpose(scenario, from, to)
    const above = ground?.prelude === undefined ? transposed : aboveBlocks(transposed, to, ground.prelude)
    return { compiled: compileScenario(onFile(above, to, lookup), lookup), transposedTo: to.name }
  })
}

/** Where stories are played: a chain, built-in or not, and what stands below each. */
export interface StoryGround {
  readonly chain: string | ChainFile
  readonly prelude?: Prelude
  /** All of them are played to a node that forgets none. */
  readonly isShared?: boolean
}

/** A chain that is not built in has to be in the scenario, whole. */
function onFile(scenario: Scenario, chain: ChainFile, lookup: ChainLookup): Scenario {
  if (lookup(chain.name) !== undefined) return scenario
  const known: ChainLookup = (name) => (name === chain.name ? chain : lookup(name))
  return { ...scenario, chain: resolveChain(scenario.chain, known).file }
}

function baseOf(chain: Exclude<Scenario['chain'], string>): string | undefined {
  return 'base' in chain ? chain.base : undefined
}

/** Each file under an id of its own: where two would share an id, it has more of the path. */
function identified(paths: readonly string[]): { readonly id: string; readonly path: string }[] {
  const partsMax = Math.max(...paths.map((path) => partsOf(path).length), NAMING_PARTS)
  const taken = (parts: number) => {
    const times = new Map<string, number>()
    for (const path of paths) times.set(idOf(path, parts), (times.get(idOf(path, parts)) ?? 0) + 1)
    return times
  }
  const byParts = new Map<number, ReadonlyMap<string, number>>()
  return paths.map((path) => {
    let parts = NAMING_PARTS
    for (; parts < partsMax; parts++) {
      if (!byParts.has(parts)) byParts.set(parts, taken(parts))
      if (byParts.get(parts)!.get(idOf(path, parts)) === 1) break
    }
    return { id: idOf(path, parts), path }
  })
}

/** A folder and a file name a story, mostly. */
const NAMING_PARTS = 2

const partsOf = (path: string) => path.replace(/\.json$/, '').split(/[\\/]/)

/** `reorg/deep` for any path that ends in reorg/deep.json. */
const idOf = (path: string, parts: number) => partsOf(path).slice(-parts).join('/')
