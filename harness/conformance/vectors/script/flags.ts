import { closest, distance } from 'fastest-levenshtein'

/** Core's script flags, by the names its vectors use. [Core ScriptFlagNamesToEnum] */
export const CORE_FLAGS: readonly string[] = [
  'P2SH',
  'STRICTENC',
  'DERSIG',
  'LOW_S',
  'SIGPUSHONLY',
  'MINIMALDATA',
  'NULLDUMMY',
  'DISCOURAGE_UPGRADABLE_NOPS',
  'CLEANSTACK',
  'MINIMALIF',
  'NULLFAIL',
  'CHECKLOCKTIMEVERIFY',
  'CHECKSEQUENCEVERIFY',
  'WITNESS',
  'DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM',
  'WITNESS_PUBKEYTYPE',
  'CONST_SCRIPTCODE',
  'TAPROOT',
  'DISCOURAGE_UPGRADABLE_PUBKEYTYPE',
  'DISCOURAGE_OP_SUCCESS',
  'DISCOURAGE_UPGRADABLE_TAPROOT_VERSION',
]

/** Whether a flag is none of Core's: a proposal's own. */
export function isDraftFlag(flag: string): boolean {
  return !CORE_FLAGS.includes(flag)
}

/** What drafts' flags take for granted: something of a draft can be discouraged only where the draft is in force. */
export function presupposedFlags(flags: readonly string[]): string[] {
  const drafts = flags
    .filter(isDraftFlag)
    .flatMap((flag) => /^DISCOURAGE_(?:UPGRADABLE_)?(.+)$/.exec(flag)?.[1] ?? [])
  return [...new Set(drafts)]
}

/** Flags that a vector lists, separated by commas; none for nothing and `NONE`. Whether they exist is not asked. */
export function splitFlags(text: string): string[] {
  return text.split(',').filter((flag) => flag !== '' && flag !== 'NONE')
}

const MISSPELT_AT_MOST = 2

/**
 * Flags that a vector lists. A name that Core lacks is a draft's, unless it is nearly one of Core's.
 * @throws Error on what is no flag, or a misspelt one
 */
export function parseFlags(text: string): string[] {
  const flags = splitFlags(text)
  for (const flag of flags.filter(isDraftFlag)) {
    if (!/^[A-Z][A-Z0-9_]*$/.test(flag)) throw new Error(`expected the name of a script flag, got ${flag}`)
    const nearest = closest(flag, CORE_FLAGS)
    if (flag !== 'BADTX' && distance(flag, nearest) <= MISSPELT_AT_MOST)
      throw new Error(`unknown script flag ${flag}; did you mean ${nearest}?`)
  }
  return flags
}

/** Takes out flags whose foundation is missing: WITNESS stands on P2SH, CLEANSTACK on both. [Core TrimFlags] */
export function trimFlags(flags: readonly string[]): string[] {
  const isMissing = (flag: string): boolean =>
    FOUNDATIONS.get(flag)?.some((base) => !flags.includes(base)) ?? false
  return flags.filter((flag) => !isMissing(flag))
}

/** Adds the foundations of the flags that are there. [Core FillFlags] */
export function fillFlags(flags: readonly string[]): string[] {
  return [...new Set(flags.flatMap((flag) => [flag, ...(FOUNDATIONS.get(flag) ?? [])]))]
}

/** `flags` and one more, for each of `all` that is missing, foundations filled in. */
export function addingEach(flags: readonly string[], all: readonly string[]): string[][] {
  return all.filter((flag) => !flags.includes(flag)).map((flag) => fillFlags([...flags, flag]))
}

/** `flags` with one less, for each that may go, and without what stood on it. */
export function removingEach(flags: readonly string[], kept: readonly string[] = []): string[][] {
  return flags
    .filter((flag) => !kept.includes(flag))
    .map((flag) => trimFlags(flags.filter((other) => other !== flag)))
}

const FOUNDATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['WITNESS', ['P2SH']],
  ['CLEANSTACK', ['P2SH', 'WITNESS']],
])
