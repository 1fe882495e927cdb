import { facetOf } from '../../../adapters/index.ts'
import type { Engine, ScriptRequest } from '../../../ports/index.ts'
import { isText } from '../content.ts'
import {
  COMMENT,
  compare,
  tableOf,
  type VectorCase,
  type VectorFormat,
  type VectorVerdict,
} from '../format.ts'
import { assemble } from './assembler.ts'
import { creditAndSpend } from './credit-and-spend.ts'
import {
  addingEach,
  CORE_FLAGS,
  fillFlags,
  isDraftFlag,
  parseFlags,
  removingEach,
  splitFlags,
} from './flags.ts'
import { asksForDiscouragedLocks, GIVEN_UP } from './given-up.ts'
import { readWitness, TAPROOT_OUTPUT } from './witness-placeholders.ts'

/** Core's script_tests.json: `[[witness…, amount]?, scriptSig, scriptPubKey, flags, error, comment?]`; files that name flags which Core does not know belong to drafts. */
export const scriptTestsFormats: readonly VectorFormat[] = [false, true].map((isDraft) => ({
  name: isDraft ? 'script tests of a draft' : 'script tests',
  detects: ({ json }) => areTests(json) && namesDraft(json) === isDraft,
  read({ json }) {
    const isFormer = (json as readonly unknown[]).some(
      (row) => Array.isArray(row) && fieldsOf(row)[3] === 'UNKNOWN_ERROR',
    )
    return tableOf(json as readonly unknown[], (row, index) => readRow(row, index, isFormer))
  },
}))

/** Whether a list holds mostly tests, whatever else it holds. */
function areTests(json: unknown): json is readonly unknown[] {
  if (!Array.isArray(json)) return false
  const rows = json.filter((row) => !isComment(row))
  const tests = rows.filter((row) => isTest(row) && /^[A-Z0-9_]+$/.test(fieldsOf(row)[3]))
  return tests.length > 0 && tests.length * 2 >= rows.length
}

function isComment(row: unknown): boolean {
  return Array.isArray(row) && row.length === 1 && isText(row[0])
}

function namesDraft(json: readonly unknown[]): boolean {
  return json.some((row) => isTest(row) && splitFlags(fieldsOf(row)[2]).some(isDraftFlag))
}

type Test = readonly [scriptSig: string, scriptPubKey: string, flags: string, error: string, comment?: string]

function isTest(row: unknown): row is readonly unknown[] {
  if (!Array.isArray(row)) return false
  const fields = fieldsOf(row)
  return (fields.length === 4 || fields.length === 5) && fields.every(isText)
}

/** The fields behind a witness, if there is one. */
function fieldsOf(row: readonly unknown[]): Test {
  return (Array.isArray(row[0]) ? row.slice(1) : row) as unknown as Test
}

function readRow(row: unknown, index: number, isFormer: boolean): VectorCase | typeof COMMENT {
  if (isComment(row)) return COMMENT
  if (!isTest(row))
    throw new Error('expected [[witness…, amount]?, scriptSig, scriptPubKey, flags, error, comment?]')
  const [scriptSig, scriptPubKey, flags, error, comment] = fieldsOf(row)
  if (!/^[A-Z0-9_]+$/.test(error)) throw new Error(`expected the name of an error, got ${error}`)
  const expected = (isFormer ? FORMER_NAMES.get(error) : undefined) ?? [error]
  const id = `row ${index}${comment === undefined ? '' : `: ${comment}`}`
  if (isFormer && error === 'DISCOURAGE_UPGRADABLE_NOPS' && asksForDiscouragedLocks(scriptPubKey))
    return { id, run: () => GIVEN_UP }
  const { items, amount, outputScript } = readWitness(Array.isArray(row[0]) ? row[0] : [0])
  const script = scriptPubKey === TAPROOT_OUTPUT ? outputScript : assemble(scriptPubKey)
  if (script === undefined) throw new Error(`expected a control block in the witness of ${TAPROOT_OUTPUT}`)
  const signature = assemble(scriptSig)
  const asked = parseFlags(flags)
  return {
    id,
    run: (engine) =>
      judge(
        engine,
        {
          ...creditAndSpend(signature, script, items, amount),
          flags: asked.includes('CLEANSTACK') ? fillFlags(asked) : asked,
        },
        expected,
      ),
  }
}

/** And flags are soft forks: fewer never spoil a spend, more never save one. [Core script_tests.cpp DoTest] */
function judge(engine: Engine, request: ScriptRequest, expected: readonly string[]): VectorVerdict {
  const actual = facetOf(engine, 'scripts').verifyScript(request)
  if (!expected.includes(actual)) return compare(actual, expected.join(' or '))
  const isOk = actual === 'OK'
  const variants = isOk ? removingEach(request.flags) : addingEach(request.flags, CORE_FLAGS)
  for (const flags of variants) {
    const outcome = facetOf(engine, 'scripts').verifyScript({ ...request, flags })
    if ((outcome === 'OK') !== isOk)
      return { fail: `${outcome} under ${flags.join()}, but ${actual} as listed` }
  }
  return 'pass'
}

/** How an older file names what Core now says more exactly; a current file names no `UNKNOWN_ERROR`. */
const FORMER_NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['UNKNOWN_ERROR', ['SCRIPTNUM']],
  ['UNBALANCED_CONDITIONAL', ['UNBALANCED_CONDITIONAL', 'INVALID_STACK_OPERATION']],
  ['EVAL_FALSE', ['EVAL_FALSE', 'CLEANSTACK']],
])
