import type { CaseResult, RunRecord } from '../../../reports/index.ts'
import { Abstention, TargetError } from '../../adapters/index.ts'
import type { Engine, Judgement, Strictness } from '../../ports/index.ts'
import type { CorpusEntry } from '../../scenario/index.ts'
import { type Delivery, type ReplayResult, replayOnEngine } from '../../simulation/index.ts'
import { type Difference, differences } from './difference.ts'
import { dialogueOf, explain, fingerprintOf } from './explain.ts'
import { judgeHeaders } from './judge-headers.ts'
import { questionsBefore, sessionAfter } from './questions.ts'

/** What became of a scenario; equal runs have equal event hashes. */
export type Judged = CaseResult & {
  readonly eventHash?: string
  /** Under a failure: the requests of the session that shows it, a line each. */
  readonly dialogue?: string
}

/** Plays one scenario on an engine and judges nothing but its expectations. */
export function playOnEngine(
  { id, compiled }: CorpusEntry,
  engine: Engine,
  strictness: Strictness,
  record?: Recording,
): Judged {
  const about = { id, title: compiled.scenario.title }
  const result = replayOnEngine(compiled, engine, { strictness, reference: engine, record })
  if (result.status === 'not-applicable') return { ...about, ...notApplicable(result) }
  return { ...about, ...(failureOf(result) ?? { status: 'pass' as const }), ...hashOf(result) }
}

/** Plays one scenario on a target and on the specification; expectations and every single verdict must agree. */
export function judgeScenario(
  entry: CorpusEntry,
  target: Engine,
  judgement: Judgement,
  record?: Recording,
): Judged {
  const about = { id: entry.id, title: entry.compiled.scenario.title }
  const judge = target.capabilities.has('blocks') ? judgeWhole : judgeHeaders
  try {
    const judged = { ...about, ...judge(entry, target, judgement, record) }
    return judged.status === 'fail' ? { ...judged, fingerprint: fingerprintOf(judged) } : judged
  } catch (error) {
    return { ...about, ...interrupted(error) }
  }
}

type Outcome = Omit<Judged, 'id' | 'title'>

/** Where the record of a run goes. */
type Recording = ((line: RunRecord) => void) | undefined

const hashOf = ({ eventHash }: ReplayResult) => (eventHash === undefined ? {} : { eventHash })

function judgeWhole(entry: CorpusEntry, target: Engine, judgement: Judgement, record: Recording): Outcome {
  const { compiled } = entry
  const asked = target.capabilities
  const result = replayOnEngine(compiled, target, { ...judgement, record, asked })
  if (result.thrown === undefined && result.status === 'not-applicable') return notApplicable(result)
  const expected = replayOnEngine(compiled, judgement.reference, { ...judgement, asked })
  const moot = new Set([
    ...stepsOnAbstentions(entry, result),
    ...(entry.transposedTo === undefined ? [] : failedSteps(expected)),
  ])
  const compared = {
    expected,
    actual: result,
    strictness: judgement.strictness,
    capabilities: target.capabilities,
    moot,
    faultsOf: faultsOf(expected, judgement.reference),
  }
  const [first, ...others] = differences(compared)
  if (first !== undefined)
    return {
      ...failed(first, others.length),
      ...explain(first, compared, judgement.reference),
      ...hashOf(result),
    }
  const outcome = stoppedBy(result) ?? heard(expected.deliveries, result.deliveries)
  return { ...outcome, ...hashOf(result) }
}

function failed({ message, expected, actual }: Difference, others: number): Outcome {
  const more = others === 0 ? '' : `; ${others} more after it`
  return { status: 'fail', message: `${message}${more}`, expected, actual }
}

/** The target did not go on to the end. */
function stoppedBy({ thrown, questions }: ReplayResult): Outcome | undefined {
  if (thrown === undefined) return undefined
  if (thrown.error instanceof Abstention) return { status: 'abstain', message: thrown.error.message }
  return {
    status: 'fail',
    message: thrown.text,
    dialogue: dialogueOf(questions.get(thrown.node) ?? []),
  }
}

/** Asks the specification again, as it stood before a delivery, for all that is wrong with the block. */
function faultsOf({ questions, deliveries }: ReplayResult, reference: Engine) {
  return (index: number): readonly string[] => {
    const { node } = deliveries[index]!
    const before = questionsBefore(index, { questions, deliveries })
    const delivered = questions.get(node)![before.length]
    if (delivered?.op !== 'deliver' || delivered.kind !== 'block') return []
    const session = sessionAfter(before, reference)
    return session.faultsOf?.(Buffer.from(delivered.bytes, 'hex'), delivered.now) ?? []
  }
}

/** On another chain than its own a story need not come out as its author expected: the specification says what does. */
function failedSteps({ expectations }: ReplayResult): number[] {
  return expectations.filter(({ status }) => status === 'fail').map(({ step }) => step)
}

/** Nothing can be expected of a verdict that was not given. */
function stepsOnAbstentions({ compiled }: CorpusEntry, { deliveries }: ReplayResult): number[] {
  const silent = new Set(
    deliveries.filter(({ verdict }) => verdict?.outcome === 'unknown').map(({ item }) => item),
  )
  return compiled.steps.flatMap((step) =>
    step.do === 'expect' && step.verdict !== undefined && silent.has(step.verdict.item) ? [step.index] : [],
  )
}

/** What a target passed that contradicted nothing: partial while it left unjudged what the specification judges. */
function heard(expected: readonly Delivery[], actual: readonly Delivery[]): Outcome {
  const left = actual.filter(
    ({ verdict }, index) => verdict?.outcome === 'unknown' && expected[index]?.verdict?.outcome !== 'unknown',
  )
  if (left.length === 0) return { status: 'pass' }
  const why = left[0]?.verdict?.reason ?? 'no word'
  return { status: 'partial', message: `${left.length} of ${actual.length} deliveries abstained: ${why}` }
}

function notApplicable({ missing }: ReplayResult): Outcome {
  return { status: 'abstain', message: `it lacks ${missing.join(', ')}` }
}

/** An expectation of the scenario that was not met, or an exception. */
function failureOf(result: ReplayResult): Outcome | undefined {
  if (result.thrown !== undefined) return { status: 'fail', message: result.thrown.text }
  const missed = result.expectations.find(({ status }) => status === 'fail')
  if (missed === undefined) return undefined
  return {
    status: 'fail',
    message: `step ${missed.step}: an expectation is not met`,
    expected: missed.expected,
    actual: missed.actual,
  }
}

function interrupted(error: unknown): Outcome {
  if (error instanceof Abstention) return { status: 'abstain', message: error.message }
  if (error instanceof TargetError) return { status: 'fail', message: error.message }
  throw error
}
