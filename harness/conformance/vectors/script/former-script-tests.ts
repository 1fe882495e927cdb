import { basename } from 'node:path'
import { facetOf } from '../../../adapters/index.ts'
import { isText, rowsOf } from '../content.ts'
import { COMMENT, tableOf, type VectorCase, type VectorContent, type VectorFormat } from '../format.ts'
import { assemble } from './assembler.ts'
import { creditAndSpend } from './credit-and-spend.ts'
import { addingEach, CORE_FLAGS, parseFlags, removingEach } from './flags.ts'
import { asksForDiscouragedLocks, asksForFullSignatures, GIVEN_UP } from './given-up.ts'

/**
 * Core's script_valid.json and script_invalid.json, until 2015: `[scriptSig, scriptPubKey, flags?, comment?]`. Only
 * their names say which of the two a file is, and the oldest have no flags.
 */
export const formerScriptTestsFormat: VectorFormat = {
  name: 'former script tests',
  detects: ({ json }) => {
    const rows = rowsOf(json).filter((row) => row.length > 1)
    return rows.length > 0 && rows.filter(isTest).length * 2 > rows.length
  },
  read(content) {
    const rows = content.json as readonly unknown[]
    const isValid = isValidFile(content)
    const tests = rowsOf(rows).filter((row) => row.length > 1)
    const hasFlags = tests.filter((row) => areFlags(row[2])).length * 2 > tests.length
    return tableOf(rows, (row, index) => readRow(row, index, hasFlags, isValid))
  },
}

/** Under what all scripts were judged when rows named no flags. [Core 0.8 script_tests.cpp] */
const FLAGS_BY_DEFAULT = 'P2SH,STRICTENC'

function isValidFile({ path = '' }: VectorContent): boolean {
  const [verdict] = /invalid|valid/.exec(basename(path)) ?? []
  if (verdict === undefined)
    throw new Error('its rows do not say whether they are valid; expected “valid” or “invalid” in its name')
  return verdict === 'valid'
}

/** Rows of today's tests have the name of an error in the place of a comment. */
function isTest(row: readonly unknown[]): boolean {
  const isCurrent = isText(row[3]) && /^[A-Z0-9_]+$/.test(row[3])
  return row.length <= 4 && !isCurrent && row.every(isText) && row.slice(0, 2).every(isScript)
}

function isScript(text: unknown): boolean {
  try {
    assemble(text as string)
    return true
  } catch {
    return false
  }
}

function areFlags(field: unknown): boolean {
  return (
    isText(field) &&
    field.split(',').every((flag) => flag === '' || flag === 'NONE' || CORE_FLAGS.includes(flag))
  )
}

function readRow(
  row: unknown,
  index: number,
  hasFlags: boolean,
  isValid: boolean,
): VectorCase | typeof COMMENT {
  if (Array.isArray(row) && row.length === 1 && isText(row[0])) return COMMENT
  const fieldsMin = hasFlags ? 3 : 2
  if (!Array.isArray(row) || row.length < fieldsMin || row.length > fieldsMin + 1 || !row.every(isText))
    throw new Error('expected [scriptSig, scriptPubKey, flags?, comment?]')
  const [scriptSig, scriptPubKey, ...rest] = row as [string, string, ...string[]]
  const flags = parseFlags(hasFlags ? rest[0]! : FLAGS_BY_DEFAULT)
  const comment = rest[hasFlags ? 1 : 0]
  const spend = creditAndSpend(assemble(scriptSig), assemble(scriptPubKey))
  const more = isValid ? removingEach(flags) : addingEach(flags, CORE_FLAGS)
  return {
    id: `row ${index}${comment ? `: ${comment}` : ''}`,
    run(engine) {
      if (!isValid && isGivenUp(scriptSig, scriptPubKey, flags)) return GIVEN_UP
      for (const set of [flags, ...more]) {
        const error = facetOf(engine, 'scripts').verifyScript({ ...spend, flags: set })
        if ((error === 'OK') !== isValid)
          return {
            fail: `expected ${isValid ? 'OK' : 'a failure'}, got ${error} under ${set.join() || 'no flags'}`,
          }
      }
      return 'pass'
    },
  }
}

function isGivenUp(scriptSig: string, scriptPubKey: string, flags: readonly string[]): boolean {
  if (flags.includes('DISCOURAGE_UPGRADABLE_NOPS')) return asksForDiscouragedLocks(scriptPubKey)
  return flags.includes('STRICTENC') && asksForFullSignatures(scriptSig, scriptPubKey)
}
