import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a rule is written, and where its unit test is. */
interface RuleSource {
  /** Relative to the root folder. */
  readonly file: string
  /** Line of the rule's id, from 1. */
  readonly line: number
  readonly code: string
  readonly testFile?: string
}

const FOLDERS = ['spec/rules', 'spec/upgrades', 'spec/proposals']

/** Finds the file that defines a rule by the id that stands in it; undefined when none does. */
export function findRuleSource(rootFolder: string, ruleId: string): RuleSource | undefined {
  for (const file of FOLDERS.flatMap((folder) => sourcesIn(rootFolder, folder))) {
    const code = readFileSync(join(rootFolder, file), 'utf8')
    const line = lineOf(ruleId, code)
    if (line === undefined) continue
    const testFile = file.replace(/\.ts$/, '.test.ts')
    return { file, line, code, ...(existsSync(join(rootFolder, testFile)) ? { testFile } : {}) }
  }
  return undefined
}

function sourcesIn(rootFolder: string, folder: string): string[] {
  if (!existsSync(join(rootFolder, folder))) return []
  return readdirSync(join(rootFolder, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort()
    .map((file) => `${folder}/${file}`)
}

/** Ids may be templates; then any text may stand where a value is put in. */
function lineOf(ruleId: string, code: string): number | undefined {
  for (const { 1: written, index } of code.matchAll(/\bid: ['`]([^'`]+)['`]/g))
    if (new RegExp(`^${written!.replaceAll(/\$\{[^}]*\}/g, '.+')}$`).test(ruleId))
      return code.slice(0, index).split('\n').length
  return undefined
}
