import { createHash } from 'node:crypto'
import type { BlockText, CaseResult, RuleText } from '../../../reports/index.ts'
import type { Engine, Question, Verdict } from '../../ports/index.ts'
import { PROTOCOL } from '../../ports/index.ts'
import type { ReplayResult } from '../../simulation/index.ts'
import { listRules } from '../coverage/rules.ts'
import type { Difference } from './difference.ts'
import { questionsBefore, sessionAfter } from './questions.ts'

/** What a reader needs beside the difference itself, to see it without us. */
export type Explanation = Pick<CaseResult, 'rules' | 'detail' | 'block'> & {
  /** Every request of the session up to the difference, a line each: what is piped into a handler shows it. */
  readonly dialogue: string
}

/** Says of a difference which rule it is about, where it stands, and how to see it. */
export function explain(
  difference: Difference,
  { expected, actual }: { readonly expected: ReplayResult; readonly actual: ReplayResult },
  reference: Engine,
): Explanation {
  const { delivery, node } = difference
  const dialogue = dialogueOf(questionsUpTo(delivery, node, actual))
  if (delivery < 0) return { dialogue }
  const verdict = expected.deliveries[delivery]?.verdict
  const block = blockOf(delivery, expected, reference)
  return {
    ...rulesOf(verdict, difference.verdicts?.actual),
    ...(block === undefined ? {} : { block }),
    dialogue,
  }
}

/** The same for two verdicts on one item alone. */
export function rulesOf(
  expected: Verdict | undefined,
  actual: Verdict | undefined,
): Pick<Explanation, 'rules' | 'detail'> {
  const { rule, detail } = expected?.outcome === 'rejected' ? expected : {}
  const found = actual?.outcome === 'rejected' ? actual.reason : undefined
  const rules = listRules()
    .filter(({ rule: one }) => (rule === undefined ? one.reason === found : one.id === rule))
    .map(({ rule: { id, must, sources } }): RuleText => ({ id, must, sources }))
  return {
    ...(rules.length === 0 ? {} : { rules: rules.slice(0, RULES_MAX) }),
    ...(detail === undefined ? {} : { detail }),
  }
}

/** Of the rules that share a reason so many are shown. */
const RULES_MAX = 3

/** A session as lines of requests, numbered, from hello to bye. */
export function dialogueOf(questions: readonly Question[]): string {
  const all: readonly Question[] = [{ op: 'hello', protocol: PROTOCOL }, ...questions, { op: 'bye' }]
  return all.map((question, index) => `${JSON.stringify({ id: index + 1, ...question })}\n`).join('')
}

/** Equal for the same failure of one story: hashes left out, which change with any word of it. */
export function fingerprintOf({ message, expected, actual }: CaseResult): string {
  const said = [message?.replace(/; \d+ more after it$/, ''), expected, actual].join('\n')
  const masked = said.replace(/\b[0-9a-f]{16,}\b/g, '#')
  return createHash('sha256').update(masked).digest('hex').slice(0, 16)
}

/** What the node was asked up to this delivery, and then where it stands. */
function questionsUpTo(delivery: number, node: string, run: ReplayResult): Question[] {
  const asked = run.questions.get(node) ?? []
  const isAtEnd = run.deliveries[delivery]?.node !== node
  const until = isAtEnd ? asked.length : questionsBefore(delivery, run).length + 1
  const standing = ['tip', 'medianTimePast', 'coinDigest', 'coinCount'] as const
  return [...asked.slice(0, until), ...standing.map((what) => ({ op: 'query', what }) as const)]
}

/** Where the delivered block stands; for anything else, where the next block would. */
function blockOf(delivery: number, run: ReplayResult, reference: Engine): BlockText | undefined {
  const { node } = run.deliveries[delivery]!
  const before = questionsBefore(delivery, run)
  const asked = run.questions.get(node)![before.length]
  const isBlock = asked?.op === 'deliver' && asked.kind !== 'transaction'
  const header = isBlock ? Buffer.from(asked.bytes, 'hex').subarray(0, HEADER_BYTES) : undefined
  return sessionAfter(before, reference).placeOf?.(header)
}

const HEADER_BYTES = 80
