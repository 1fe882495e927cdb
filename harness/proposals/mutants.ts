import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Upgrade } from '../../spec/index.ts'
import { changedChecklists } from './changed-checklists.ts'
import { rulesBroughtBy } from './in-force.ts'
import { loadText } from './load.ts'

/** A draft with one thing in it wrong. */
export interface DraftMutant {
  /** `drop rule bip54-size`, `SIGOPS_MAX 2500 -> 2501`. */
  readonly name: string
  readonly draft: Upgrade
}

/** Every rule and part of the script machine that a draft brings: left out, then turned round. */
export function* mutantParts(draft: Upgrade): Generator<DraftMutant> {
  for (const { id } of rulesBroughtBy(draft)) {
    yield { name: `drop rule ${id}`, draft: changedChecklists(draft, id, () => ok) }
    yield {
      name: `negate rule ${id}`,
      draft: changedChecklists(draft, id, (outcome) =>
        outcome === ok ? { expected: 'the opposite', actual: 'kept' } : ok,
      ),
    }
  }
  const { extension = {}, features = [] } = draft
  const owned = new Set(featuresOf(extension))
  for (const feature of features.filter((name) => !owned.has(name)))
    yield {
      name: `drop feature ${feature}`,
      draft: { ...draft, features: features.filter((kept) => kept !== feature) },
    }
  for (const [list, negated] of Object.entries(NEGATED)) {
    const parts = (extension as Record<string, readonly Part[]>)[list] ?? []
    for (const [at, part] of parts.entries()) {
      // The others are for policy, which no block is judged by.
      if (!features.includes(part.feature!)) continue
      const name = `${list} ${part.slot ?? part.version ?? at}`
      const withParts = (changed: readonly Part[]): Upgrade => ({
        ...draft,
        extension: { ...extension, [list]: changed },
      })
      yield { name: `drop ${name}`, draft: withParts(parts.toSpliced(at, 1)) }
      yield { name: `negate ${name}`, draft: withParts(parts.with(at, { ...part, ...negated(part) })) }
    }
  }
  const { constraints = {} } = extension
  for (const [point, checks] of Object.entries(constraints))
    for (const [at, constraint] of (checks as readonly Part[]).entries()) {
      const withChecks = (changed: readonly Part[]): Upgrade => ({
        ...draft,
        extension: { ...extension, constraints: { ...constraints, [point]: changed } },
      })
      const name = `constraint ${point} ${at}`
      yield { name: `drop ${name}`, draft: withChecks(checks.toSpliced(at, 1) as readonly Part[]) }
      const changed = { ...constraint, check: opposite(constraint.check!.bind(constraint)) }
      yield {
        name: `negate ${name}`,
        draft: withChecks((checks as readonly Part[]).with(at, changed)),
      }
    }
}

/** What the parts of an extension have in common here: a few functions, of which each kind has its own. */
interface Part {
  readonly feature?: string
  readonly slot?: string
  readonly version?: number
  readonly execute?: (machine: never) => void
  readonly verify?: (...given: never[]) => string
  readonly check?: (...given: never[]) => string
  readonly isOfType?: (publicKey: Uint8Array) => boolean
}

const WRONG = 'EVAL_FALSE'

function opposite(check: (...given: never[]) => string) {
  return (...given: never[]) => (check(...given) === 'OK' ? WRONG : 'OK')
}

const NEGATED: Readonly<Record<string, (part: Part) => Part>> = {
  opcodes: (part) => ({
    execute: (machine) => {
      try {
        part.execute!(machine)
      } catch {
        return
      }
      fail(WRONG)
    },
  }),
  witnessPrograms: (part) => ({ verify: opposite(part.verify!.bind(part)) }),
  leafVersions: (part) => ({ verify: opposite(part.verify!.bind(part)) }),
  publicKeyTypes: (part) => ({ isOfType: (publicKey) => !part.isOfType!(publicKey) }),
}

function featuresOf(extension: object): string[] {
  const parts = Object.values(extension).flatMap((part) =>
    Array.isArray(part) ? part : Object.values(part as object).flat(),
  ) as readonly { readonly feature?: string; readonly features?: readonly string[] }[]
  return parts.flatMap(({ feature, features = [] }) => [
    ...(feature === undefined ? [] : [feature]),
    ...features,
  ])
}

/** A constant in capitals with numbers in it; a call is none. */
const LIMITS = /^const (\[?[A-Z][A-Z0-9_, ]*\]?)(?:: [^=]+)? = ([^('\n]*\d[^('\n]*)$/gm
const NUMBER = /\b(?:0x[0-9a-f]+|\d[\d_]*)\b/g

/** Each number among the constants, one more and one less. @throws FileError */
export async function* mutantLimits(path: string): AsyncGenerator<DraftMutant> {
  const text = readFileSync(path, 'utf8')
  for (const { 0: line, 1: names, 2: values, index } of text.matchAll(LIMITS)) {
    for (const { 0: written, index: at } of values!.matchAll(NUMBER)) {
      const from = index + line.length - values!.length + at
      const number = Number(written.replaceAll('_', ''))
      for (const changed of [number - 1, number + 1])
        yield {
          name: `${names} ${written} -> ${changed}`,
          draft: await loadText(path, text.slice(0, from) + changed + text.slice(from + written.length)),
        }
    }
  }
}

/** Where the draft of this id is written, in a checkout. */
export function sourceOf(root: string, id: string): string {
  return join(root, 'spec/proposals', `${id}.ts`)
}
