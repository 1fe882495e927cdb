import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { writeWhole } from '../files/index.ts'
import type { ChainLookup } from './chain.ts'
import { readScenarioFile } from './corpus.ts'
import { sourceOf } from './shrink/source.ts'

/**
 * Moves a stored scenario into a folder of regressions, under a name that its content gives: the same story gets the
 * same name wherever and whenever it is promoted. Returns the new path.
 * @throws FileError when the file is no scenario that compiles; nothing is moved then
 */
export function promoteScenario(file: string, folder: string, lookup: ChainLookup): string {
  const { scenario } = readScenarioFile(file, lookup)
  const { format, title, story, sources, ...substance } = sourceOf(scenario)
  const digest = bytesToHex(sha256(utf8ToBytes(JSON.stringify(substance)))).slice(0, 8)
  const target = join(folder, `${slug(title)}-${digest}.json`)
  writeWhole(target, `${JSON.stringify({ format, title, story, sources, ...substance }, null, 2)}\n`)
  if (resolve(target) !== resolve(file)) rmSync(file)
  return target
}

const NAME_LENGTH_MAX = 80

function slug(title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? ['scenario']
  return words.slice(0, 6).join('-').slice(0, NAME_LENGTH_MAX)
}
