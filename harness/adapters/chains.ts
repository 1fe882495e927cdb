import { chainFiles } from '../../spec/index.ts'
import { type ChainFile, chainFileSchema } from '../ports/index.ts'

const parsed = new Map<string, ChainFile>()

/** The chain file of a built-in chain; undefined when none has this name. */
export function chainLookup(name: string): ChainFile | undefined {
  const file = chainFiles.get(name)
  if (file === undefined) return undefined
  const known = parsed.get(name) ?? chainFileSchema.parse(file)
  parsed.set(name, known)
  return known
}
