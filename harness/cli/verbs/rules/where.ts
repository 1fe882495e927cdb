import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Chain,
  genesisHash,
  height,
  OPCODES,
  PROPOSALS,
  resolve,
  rulesInForce,
  UPGRADES,
} from '../../../../spec/index.ts'
import { findRuleSource } from '../../../conformance/index.ts'
import { ROOT_FOLDER } from '../../folders.ts'

/** Where a rule lives: the lines that state it, enforce it, break it, and the stories about it. */
export interface RulePlaces {
  readonly id: string
  readonly reason: string
  readonly must: string
  readonly sources: readonly string[]
  readonly spec: readonly string[]
  readonly impl: readonly string[]
  /** What breaks it: its entry in the catalogue of faults. */
  readonly fault: readonly string[]
  readonly scenarios: readonly string[]
}

/** Every rule whose id, reason, sentence or source holds the word; upper and lower case are one. */
export function rulesAbout(word: string, chain: Chain): RulePlaces[] {
  const wanted = word.toLowerCase()
  const [spec, impl] = [sourcesIn('spec', '.ts'), sourcesIn('impl', '.ts')]
  const scenarios = sourcesIn('scenarios', '.json')
  const faults = sourcesIn('harness/generators/faults', '.ts')
  return allRules(chain)
    .filter(({ id, reason, must, sources }) =>
      [id, reason, must, ...sources].some((text) => text.toLowerCase().includes(wanted)),
    )
    .map(({ id, reason, must, sources }) => ({
      id,
      reason,
      must,
      sources,
      spec: statedIn(spec, id),
      impl: linesMatching(impl, new RegExp(`['\`]${escaped(reason)}(?![\\w-])`)),
      fault: linesWith(faults, `rule: '${id}'`),
      scenarios: filesOf(linesWith(scenarios, `"${reason}`)),
    }))
}

/** Where an opcode or a limit is spoken of. */
export interface NamePlaces {
  readonly name: string
  readonly spec: readonly string[]
  readonly impl: readonly string[]
  readonly scenarios: readonly string[]
}

/** Every opcode whose name holds the word: where each side defines it and what it does, and stories that use it. */
export function opcodesAbout(word: string): NamePlaces[] {
  const wanted = word.toUpperCase().replaceAll(' ', '')
  const spec = sourcesIn('spec', '.ts')
  const drafts = [...UPGRADES, ...PROPOSALS].flatMap(({ extension }) => extension?.opcodes ?? [])
  const names = new Set([...OPCODES.values(), ...drafts].map((opcode) => opcode.name))
  const impl = sourcesIn('impl', '.ts')
  const scenarios = sourcesIn('scenarios', '.json')
  return [...names]
    .filter((name) => name.includes(wanted))
    .sort()
    .map((name) => ({
      name,
      spec: linesMatching(spec, specPattern(name)),
      impl: linesMatching(impl, implPattern(name)),
      scenarios: filesOf(linesMatching(scenarios, new RegExp(`\\b${name}\\b`))),
    }))
}

/** Its name, or the template that names its whole family: `OP_NOP${number}`. */
function specPattern(name: string): RegExp {
  const family = name.replace(/\d+$/, '')
  return new RegExp(family === name ? `'${name}'` : `'${name}'|\`${family}\\$\\{`)
}

/** What the node calls an opcode; of a family it names the first and the last. */
function implPattern(name: string): RegExp {
  const short = name.slice('OP_'.length)
  const number = Number(short.replace('NOP', ''))
  const identifiers = /^\d+$/.test(short)
    ? ['ONE', 'SIXTEEN']
    : /^NOP\d+$/.test(short) && number >= 4
      ? ['NOP4', 'NOP10']
      : [short.replace(/^[0-3](?=[A-Z])/, (digit) => DIGITS[Number(digit)]!)]
  return new RegExp(`'${name}'|\\bOP\\.(${identifiers.join('|')})\\b|^ +(${identifiers.join('|')}): 0x`)
}

/** No identifier begins with a digit. */
const DIGITS = ['ZERO_', 'ONE_', 'TWO_', 'THREE_']

/** Every limit of the chain whose name holds the word: every line of either side that reads it. */
export function limitsAbout(word: string, chain: Chain): NamePlaces[] {
  const wanted = word.toLowerCase().replaceAll(' ', '')
  const [spec, impl] = [sourcesIn('spec', '.ts'), sourcesIn('impl', '.ts')]
  return Object.keys(chain.limits)
    .filter((name) => name.toLowerCase().includes(wanted))
    .map((name) => {
      // Each side has names of its own; they share what comes before the unit.
      const noun = new RegExp(`\\b${name.replace(/(Blocks|Seconds|Sats|Cost)$/, '')}`)
      return { name, spec: linesMatching(spec, noun), impl: linesMatching(impl, noun), scenarios: [] }
    })
}

/** Where the rule is written, and where a list or another rule takes it up. */
function statedIn(spec: readonly Source[], ruleId: string): string[] {
  const source = findRuleSource(ROOT_FOLDER, ruleId)
  if (source === undefined) return []
  const before = source.code.split('\n').slice(0, source.line)
  const name = before.findLast((line) => line.startsWith('export const '))?.match(/^export const (\w+)/)?.[1]
  const uses = new RegExp(`\\b${name}\\b(?!:|.* from ')`)
  return [
    `${source.file}:${source.line}`,
    ...(name === undefined
      ? []
      : linesMatching(spec, uses).filter((place) => !place.startsWith(`${source.file}:`))),
  ]
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

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
    .filter((name) => name.endsWith(ending) && !/\.test\.ts$|^testing\b/.test(name))
    .sort()
    .map((name) => ({ path: join(folder, name), lines: readFileSync(join(root, name), 'utf8').split('\n') }))
}

function linesWith(sources: readonly Source[], text: string): string[] {
  return placesWhere(sources, (line) => line.includes(text))
}

function linesMatching(sources: readonly Source[], pattern: RegExp): string[] {
  return placesWhere(sources, (line) => pattern.test(line) && !/^\s*(\/?\*|\/\/)/.test(line))
}

function placesWhere(sources: readonly Source[], isWanted: (line: string) => boolean): string[] {
  return sources.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) => (isWanted(line) ? [`${path}:${index + 1}`] : [])),
  )
}

const filesOf = (places: readonly string[]): string[] => [
  ...new Set(places.map((place) => place.replace(/:\d+$/, ''))),
]
