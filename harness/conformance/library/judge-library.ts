import { Abstention, TargetError } from '../../adapters/index.ts'
import type { Library, LibraryQuestion, Strictness } from '../../ports/index.ts'
import { askLibrary } from '../judge/serve-library.ts'
import { CORE_FLAGS } from '../vectors/script/flags.ts'
import type { LibraryCase, LibrarySource } from './library-case.ts'

/** What was asked of a library from one source. */
export interface LibraryResult {
  readonly name: string
  readonly agreed: number
  readonly differences: readonly LibraryDifference[]
  /** Why cases were not asked, and how often. */
  readonly skips: Readonly<Record<string, number>>
}

/** One cause, as far as it can be determined: the same request answered in the same wrong way. */
export interface LibraryDifference {
  /** `verifyScript: expected OK, got EVAL_FALSE` */
  readonly cause: string
  readonly times: number
  /** The first case of it. */
  readonly first: LibraryCase
  readonly expected: string
  readonly actual: string
}

export interface LibraryJudgement {
  readonly reference: Library
  readonly strictness: Strictness
  /** The library as it stands: another one where the last has ended. */
  readonly target: () => Library
  /** After so many cases asked of the source the rest is left out. */
  readonly casesMax?: number
  readonly progress?: (done: number, id: string) => void
}

/** Asks a library all that a source knows, and compares each answer with the specification's. */
export function judgeLibrary(source: LibrarySource, judgement: LibraryJudgement): LibraryResult {
  const { casesMax = Number.POSITIVE_INFINITY, progress = () => {} } = judgement
  const differences = new Map<string, LibraryDifference>()
  const skips: Record<string, number> = {}
  let agreed = 0
  let asked = 0
  for (const one of source.cases) {
    if (asked >= casesMax) break
    const said = judgeCase(one, judgement)
    if ('skip' in said) {
      skips[said.skip] = (skips[said.skip] ?? 0) + 1
      continue
    }
    progress(++asked, `${source.name} ${one.id}`)
    if (said.agree) agreed++
    else count(differences, one, said)
  }
  return { name: source.name, agreed, differences: [...differences.values()], skips }
}

function count(
  differences: Map<string, LibraryDifference>,
  first: LibraryCase,
  { expected, actual }: { readonly expected: string; readonly actual: string },
): void {
  const cause = `${causeOf(first.question)}: expected ${shape(expected)}, got ${shape(actual)}`
  const before = differences.get(cause)
  differences.set(
    cause,
    before === undefined
      ? { cause, times: 1, first, expected, actual }
      : { ...before, times: before.times + 1 },
  )
}

const causeOf = (question: LibraryQuestion) =>
  question.op === 'signatureHash'
    ? `signatureHash ${question.version}`
    : question.op === 'decode'
      ? `decode ${question.kind}`
      : question.op

/** A hash is any hash. */
const shape = (text: string) => text.replace(/[0-9a-f]{64}/g, 'a hash')

type Said =
  | { readonly skip: string }
  | { readonly agree: boolean; readonly expected: string; readonly actual: string }

function judgeCase({ question, expected }: LibraryCase, judgement: LibraryJudgement): Said {
  const target = judgement.target()
  const skip = whyNotAsked(question, target)
  if (skip !== undefined) return { skip }
  const want = expected ?? answerOf(judgement.reference, question)
  if (want === undefined) return { skip: 'the specification has no answer' }
  try {
    const got = textOf(askLibrary(target, question))
    return { agree: isSame(question, want, got, target, judgement.strictness), expected: want, actual: got }
  } catch (error) {
    if (error instanceof Abstention) return { skip: error.message }
    if (error instanceof TargetError) return { agree: false, expected: want, actual: error.message }
    throw error
  }
}

function whyNotAsked(question: LibraryQuestion, { can, flags }: Library): string | undefined {
  if (!can.has(question.op)) return `it lacks ${question.op}`
  if (!('flags' in question)) return undefined
  const known = flags ?? CORE_FLAG_SET
  const unknown = question.flags.find((flag) => !known.has(flag))
  return unknown === undefined ? undefined : `it has no flag ${unknown}`
}

const CORE_FLAG_SET: ReadonlySet<string> = new Set(CORE_FLAGS)

/** What the specification answers; undefined where the question means nothing to it. */
function answerOf(reference: Library, question: LibraryQuestion): string | undefined {
  try {
    return textOf(askLibrary(reference, question))
  } catch {
    return undefined
  }
}

function textOf(answer: ReturnType<typeof askLibrary>): string {
  if (typeof answer === 'string') return answer
  if ('invalid' in answer) return NOT_DECODED
  return answer.witnessId === undefined ? answer.id : `${answer.id} ${answer.witnessId}`
}

const NOT_DECODED = 'not well-formed'

function isSame(
  question: LibraryQuestion,
  want: string,
  got: string,
  { can }: Library,
  strictness: Strictness,
): boolean {
  if (want === got) return true
  switch (question.op) {
    case 'verifyScript':
      return want !== 'OK' && got !== 'OK' && (strictness !== 'exact' || !can.has('scriptErrors'))
    case 'checkTransaction':
    case 'checkBlock':
      return want !== 'ok' && got !== 'ok' && (strictness !== 'exact' || !can.has('reasons'))
    case 'decode':
      // A library may have no word for the second id.
      return want.split(' ')[0] === got
    default:
      return false
  }
}
