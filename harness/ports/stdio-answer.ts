import { z } from 'zod'
import { parseStrictJson } from '../files/index.ts'
import { answerTo, OUTCOMES, type Question } from './stdio-protocol.ts'

type Answers = { [Key in keyof typeof answerTo]: z.infer<(typeof answerTo)[Key]> }
type QueryAnswer<What> = What extends 'coinCount' | 'medianTimePast'
  ? Answers['number']
  : What extends keyof Answers
    ? Answers[What]
    : never

/** What answers a question, abstention and failure aside. */
export type AnswerTo<Asked extends Question> = Asked extends { op: 'hello' }
  ? Answers['hello']
  : Asked extends { op: 'deliver' }
    ? Answers['verdict']
    : Asked extends { op: 'query'; what: infer What }
      ? QueryAnswer<What>
      : Asked extends { op: 'signatureHash' }
        ? Answers['signatureHash']
        : Asked extends { op: 'decode' }
          ? Answers['decode']
          : Asked extends { op: 'verifyScript' | 'checkTransaction' | 'checkBlock' }
            ? Answers['word']
            : Answers['done']

/** What a handler may say instead: it cannot do that, or it failed. */
type Excuse =
  | { readonly id: number; readonly abstain: string }
  | { readonly id: number; readonly error: string }

const excuse = z.union([
  z.strictObject({ id: z.number(), abstain: z.string() }),
  z.strictObject({ id: z.number(), error: z.string() }),
])

/** Reads the answer to a request; `wrong` says in one line which field is wrong, and what was expected there. */
export function readAnswer<Asked extends Question>(
  line: string,
  id: number,
  question: Asked,
): AnswerTo<Asked> | Excuse | { readonly wrong: string } {
  const json = parse(line)
  if (typeof json !== 'object' || json === null)
    return { wrong: `expected one JSON object in a line, got ${excerpt(line)}` }
  const given = (json as { id?: unknown }).id
  if (given !== id) return { wrong: `id: expected ${id}, got ${excerpt(JSON.stringify(given))}` }
  const excused = excuse.safeParse(json)
  if (excused.success) return excused.data
  const parsed = schemaFor(question).safeParse(json)
  if (parsed.success) return parsed.data as AnswerTo<Asked>
  return { wrong: complaint(parsed.error.issues[0]!, json) }
}

/** A question in a few words: `deliver block`, `query tip`. */
export function nameOf(question: Question): string {
  if (question.op === 'deliver') return `deliver ${question.kind}`
  return question.op === 'query' ? `query ${question.what}` : question.op
}

function schemaFor(question: Question): z.ZodType {
  if (question.op === 'hello') return answerTo.hello
  if (question.op === 'deliver') return answerTo.verdict
  if (question.op === 'signatureHash' || question.op === 'decode') return answerTo[question.op]
  if (question.op === 'verifyScript' || question.op === 'checkTransaction' || question.op === 'checkBlock')
    return answerTo.word
  if (question.op !== 'query') return answerTo.done
  if (question.what === 'coinCount' || question.what === 'medianTimePast') return answerTo.number
  return answerTo[question.what]
}

function parse(line: string): unknown {
  try {
    return parseStrictJson(line)
  } catch {
    return undefined
  }
}

/** `verdict.outcome: expected connected, stored, … or rejected, got "okay"` */
function complaint(issue: z.core.$ZodIssue, json: object): string {
  const path = issue.path.map(String).join('.') || 'answer'
  const found = issue.path.reduce<unknown>(
    (at, key) => (at as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key],
    json,
  )
  if (issue.code === 'unrecognized_keys') return `${path}: unknown field ${issue.keys.join(', ')}`
  const isOutcome = issue.code === 'invalid_union' && path === 'verdict.outcome'
  const expected = isOutcome
    ? `expected one of ${OUTCOMES.join(', ')}`
    : issue.code === 'invalid_value'
      ? `expected one of ${issue.values.join(', ')}`
      : issue.message
  return `${path}: ${expected}${found === undefined ? '' : `, got ${excerpt(JSON.stringify(found))}`}`
}

const EXCERPT_MAX = 80

const excerpt = (text: string | undefined) =>
  text === undefined ? 'nothing' : text.length > EXCERPT_MAX ? `${text.slice(0, EXCERPT_MAX)}…` : text
