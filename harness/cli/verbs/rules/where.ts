import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Chain, genesisHash, height, resolve, rulesInForce } from '../../../../spec/index.ts'
import { findRuleSource } from '../../../conformance/index.ts'
import { ROOT_FOLDER } from '../../folders.ts'

/** Where a rule lives: the lines that state it, enforce it, and the stories told of it. */
export interface RulePlaces {
  readonly id: string
  readonly reason: string
  readonly must: string
  readonly sources: readonly string[]
  readonly spec: readonly string[]
  readonly impl: readonly string[]
  readonly scenarios: readonly string[]
}

/** Every rule whose id, reason, sentence or source holds the word; upper and lower case are one. */
export function rulesAbout(word: string, chain: Chain): RulePlaces[] {
  const wanted = word.toLowerCase()
  const [impl, scenarios] = [sourcesIn('impl', '.ts'), sourcesIn('scenarios', '.json')]
  return allRules(chain)
    .filter(({ id, reason, must, sources }) =>
      [id, reason, must, ...sources].some((text) => text.toLowerCase().includes(wanted)),
    )
    .map(({ id, reason, must, sources }) => ({
      id,
      reason,
      must,
      sources,
      spec: definedIn(id),
      impl: linesWith(impl, `'${reason}`),
      scenarios: [...new Set(linesWith(scenarios, `"${reason}`).map((place) => place.replace(/:\d+$/, '')))],
    }))
}

function definedIn(ruleId: string): string[] {
  const source = findRuleSource(ROOT_FOLDER, ruleId)
  return source === undefined ? [] : [`${source.file}:${source.line}`]
}

/** Every rule of the table of contents, in force or not. */
function allRules(chain: Chain) {
  const { header } = chain.genesis
  const parent = { hash: genesisHash(chain), header, height: height(0), chainWork: 0n }
  const everything = { ...resolve({ chain, parent }), isInForce: () => true }
  return [...new Map([...rulesInForce(everything)].map(({ rule }) => [rule.id, rule])).values()]
}

interface Source {
  readonly path: string
  readonly lines: readonly string[]
}

/** The texts of a folder of this installation, tests left out. */
function sourcesIn(folder: string, ending: string): Source[] {
  const root = join(ROOT_FOLDER, folder)
  if (!existsSync(root)) return []
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !name.endsWith(`.test${ending}`))
    .sort()
    .map((name) => ({ path: join(folder, name), lines: readFileSync(join(root, name), 'utf8').split('\n') }))
}

function linesWith(sources: readonly Source[], text: string): string[] {
  return sources.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) => (line.includes(text) ? [`${path}:${index + 1}`] : [])),
  )
}
