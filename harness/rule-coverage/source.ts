import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a rule is written, and where its unit test is. */
interface RuleSource {
  /** Relative to the root folder. */
  readonly file: string
  readonly code: string
  readonly testFile?: string
}

const FOLDERS = ['spec/rules', 'spec/upgrades', 'spec/proposals']

/** Finds the file that defines a rule by the id that stands in it; undefined when none does. */
export function findRuleSource(rootFolder: string, ruleId: string): RuleSource | undefined {
  for (const file of FOLDERS.flatMap((folder) => sourcesIn(rootFolder, folder))) {
    const code = readFileSync(join(rootFolder, file), 'utf8')
    if (!idsIn(code).some((id) => id.test(ruleId))) continue
    const testFile = file.replace(/\.ts$/, '.test.ts')
    return existsSync(join(rootFolder, testFile)) ? { file, code, testFile } : { file, code }
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

/** Ids as they are written; in a template, any text may stand where a value is put in. */
function idsIn(code: string): RegExp[] {
  return [...code.matchAll(/\bid: ['`]([^'`]+)['`]/g)].map(
    ([, id]) => new RegExp(`^${id!.replaceAll(/\$\{[^}]*\}/g, '.+')}$`),
  )
}
