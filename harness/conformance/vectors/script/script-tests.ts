import type { Engine, ScriptRequest } from '../../../ports/index.ts'
import {
  compare,
  type VectorCase,
  type VectorContent,
  type VectorFormat,
  type VectorVerdict,
} from '../format.ts'
import { assemble } from './assembler.ts'
import { creditAndSpend } from './credit-and-spend.ts'
import { addingEach, CORE_FLAGS, fillFlags, isDraftFlag, parseFlags, removingEach } from './flags.ts'
import { readWitness, TAPROOT_OUTPUT } from './witness-placeholders.ts'

/** Core's script_tests.json: `[[witness…, amount]?, scriptSig, scriptPubKey, flags, error, comment?]`; files that name flags which Core does not know belong to drafts. */
export const scriptTestsFormats: readonly VectorFormat[] = [
  { name: 'script tests', detects: ({ json }) => areTests(json) && !namesDraft(json), cases: casesOf },
  {
    name: 'script tests of a draft',
    detects: ({ json }) => areTests(json) && namesDraft(json),
    cases: casesOf,
  },
]

function areTests(json: unknown): boolean {
  return testsIn(json).some(({ row }) => /^[A-Z0-9_]+$/.test(fieldsOf(row)[3]!))
}

function namesDraft(json: unknown): boolean {
  return testsIn(json).some(({ row }) => parseFlags(fieldsOf(row)[2]!).some(isDraftFlag))
}

function* casesOf({ json }: VectorContent): Generator<VectorCase> {
  const tests = testsIn(json)
  const isFormer = tests.some(({ row }) => fieldsOf(row)[3] === 'UNKNOWN_ERROR')
  for (const { row, index } of tests) {
    if (!isFormer || !isGivenUp(row)) yield scriptTest(row, index, isFormer)
  }
}

type Row = readonly unknown[]

/** Rows that are tests; rows of one text are comments. */
function testsIn(json: unknown): { row: Row; index: number }[] {
  if (!Array.isArray(json) || !json.every(Array.isArray)) return []
  const isTest = (row: Row): boolean =>
    fieldsOf(row).length >= 4 &&
    fieldsOf(row)
      .slice(0, 4)
      .every((field) => typeof field === 'string')
  return json.map((row: Row, index) => ({ row, index })).filter(({ row }) => isTest(row))
}

/** The fields behind a witness, if there is one. */
function fieldsOf(row: Row): readonly string[] {
  return (Array.isArray(row[0]) ? row.slice(1) : row) as readonly string[]
}

function scriptTest(row: Row, index: number, isFormer: boolean): VectorCase {
  const [scriptSig, scriptPubKey, flags, error, comment] = fieldsOf(row)
  const expected = (isFormer ? FORMER_NAMES.get(error!) : undefined) ?? [error!]
  return {
    id: `row ${index}${comment === undefined ? '' : `: ${comment}`}`,
    run(engine) {
      const { items, amount, outputScript } = readWitness(Array.isArray(row[0]) ? row[0] : [0])
      const script = scriptPubKey === TAPROOT_OUTPUT ? outputScript! : assemble(scriptPubKey!)
      const spend = creditAndSpend(assemble(scriptSig!), script, items, amount)
      const asked = parseFlags(flags!)
      const filled = asked.includes('CLEANSTACK') ? fillFlags(asked) : asked
      return judge(engine, { ...spend, flags: filled }, expected)
    },
  }
}

/** And flags are soft forks: fewer never spoil a spend, more never save one. [Core script_tests.cpp DoTest] */
function judge(engine: Engine, request: ScriptRequest, expected: readonly string[]): VectorVerdict {
  const actual = engine.verifyScript(request)
  if (!expected.includes(actual)) return compare(actual, expected.join(' or '))
  const isOk = actual === 'OK'
  const variants = isOk ? removingEach(request.flags) : addingEach(request.flags, CORE_FLAGS)
  for (const flags of variants) {
    const outcome = engine.verifyScript({ ...request, flags })
    if ((outcome === 'OK') !== isOk)
      return { fail: `${outcome} under ${flags.join()}, but ${actual} as listed` }
  }
  return 'pass'
}

/** How an older file names what Core now tells more exactly; a current file names no `UNKNOWN_ERROR`. */
const FORMER_NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['UNKNOWN_ERROR', ['SCRIPTNUM']],
  ['UNBALANCED_CONDITIONAL', ['UNBALANCED_CONDITIONAL', 'INVALID_STACK_OPERATION']],
  ['EVAL_FALSE', ['EVAL_FALSE', 'CLEANSTACK']],
])

/** Core once discouraged the lock-time checks where they were not enforced; rows about that ask for what no version does any more. */
function isGivenUp(row: Row): boolean {
  const [, scriptPubKey, , error] = fieldsOf(row)
  return error === 'DISCOURAGE_UPGRADABLE_NOPS' && /CHECK(LOCKTIME|SEQUENCE)VERIFY/.test(scriptPubKey!)
}
