import type { CaseResult, RunRecord } from '../../../reports/index.ts'
import { Abstention, TargetError } from '../../adapters/index.ts'
import type { ChainReference, ChainSession, Engine, Strictness } from '../../ports/index.ts'
import { isOneOfMany, type Judgement, sameVerdict } from '../../ports/index.ts'
import type { CorpusEntry } from '../../scenario/index.ts'
import { type Delivery, describeVerdict, type ReplayResult, replayOnEngine } from '../../simulation/index.ts'
import { judgeHeaders } from './judge-headers.ts'

/** What became of a scenario; equal runs have equal event hashes. */
export type Judged = CaseResult & { readonly eventHash?: string }

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
    return { ...about, ...judge(entry, target, judgement, record) }
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
  const result = replayOnEngine(compiled, target, { ...judgement, record })
  const stopped = result.thrown?.error
  if (stopped instanceof Abstention || stopped instanceof TargetError) return interrupted(stopped)
  if (result.status === 'not-applicable') return notApplicable(result)
  const { engine: reference, faults } = diagnosing(judgement.reference)
  const expected = replayOnEngine(compiled, reference, judgement)
  const difference = firstDifference(
    expected.deliveries,
    result.deliveries,
    faults,
    target,
    judgement.strictness,
  )
  const moot = new Set([
    ...stepsOnUnsaid(entry, result),
    ...(entry.retoldOn === undefined ? [] : failedSteps(expected)),
  ])
  const asked = { ...result, expectations: result.expectations.filter(({ step }) => !moot.has(step)) }
  const outcome = difference ?? failureOf(asked) ?? heard(expected.deliveries, result.deliveries)
  return { ...outcome, ...hashOf(result) }
}

/** On another chain than its own a story need not come out as its author expected: the specification says what does. */
function failedSteps({ expectations }: ReplayResult): number[] {
  return expectations.filter(({ status }) => status === 'fail').map(({ step }) => step)
}

/** Nothing can be expected of a verdict that was not given. */
function stepsOnUnsaid({ compiled }: CorpusEntry, { deliveries }: ReplayResult): number[] {
  const silent = new Set(
    deliveries.filter(({ verdict }) => verdict.outcome === 'unknown').map(({ item }) => item),
  )
  return compiled.steps.flatMap((step) =>
    step.do === 'expect' && step.verdict !== undefined && silent.has(step.verdict.item) ? [step.index] : [],
  )
}

/** What a target passed that contradicted nothing: partial while it left unjudged what the specification judges. */
function heard(expected: readonly Delivery[], actual: readonly Delivery[]): Outcome {
  const left = actual.filter(
    ({ verdict }, index) => verdict.outcome === 'unknown' && expected[index]?.verdict.outcome !== 'unknown',
  )
  if (left.length === 0) return { status: 'pass' }
  const why = left[0]?.verdict.reason ?? 'no word'
  return { status: 'partial', message: `${left.length} of ${actual.length} deliveries abstained: ${why}` }
}

function notApplicable({ missing }: ReplayResult): Outcome {
  return { status: 'abstain', message: `it lacks ${missing.join(', ')}` }
}

/** An expectation of the scenario that was not met, or an exception. */
function failureOf(result: ReplayResult): Outcome | undefined {
  if (result.thrown !== undefined) return { status: 'fail', message: result.thrown.text }
  const missed = result.expectations.find((one) => one.status === 'fail')
  if (missed === undefined) return undefined
  return {
    status: 'fail',
    message: `step ${missed.step}: an expectation is not met`,
    expected: missed.expected,
    actual: missed.actual,
  }
}

function firstDifference(
  expected: readonly Delivery[],
  actual: readonly Delivery[],
  faults: readonly (readonly string[])[],
  target: Engine,
  strictness: Strictness,
): Outcome | undefined {
  for (const [index, want] of expected.entries()) {
    const got = actual[index]
    if (got === undefined || got.item !== want.item || got.node !== want.node)
      return {
        status: 'fail',
        message: `delivery ${index + 1}: another item came`,
        expected: `${want.item} at ${want.node}`,
        actual: got === undefined ? 'nothing' : `${got.item} at ${got.node}`,
      }
    const agree =
      sameVerdict(want.verdict, got.verdict, target, strictness) ||
      isOneOfMany(want.verdict, got.verdict, faults[index] ?? [], target)
    if (!agree)
      return {
        status: 'fail',
        message: `${want.item} at ${want.node}, delivery ${index + 1}: another verdict`,
        expected: describeVerdict(want.verdict),
        actual: describeVerdict(got.verdict),
      }
  }
  return undefined
}

function interrupted(error: unknown): Outcome {
  if (error instanceof Abstention) return { status: 'abstain', message: error.message }
  if (error instanceof TargetError) return { status: 'fail', message: error.message }
  throw error
}

/** The same engine, and of each delivery that it will be given, in order, everything that is wrong with it if it is a block. */
function diagnosing(reference: Engine): { engine: Engine; faults: readonly (readonly string[])[] } {
  const faults: (readonly string[])[] = []
  const noting =
    (deliver: ChainSession['deliverBlock'], faultsOf: ChainSession['faultsOf']) =>
    (bytes: Uint8Array, now: number) => {
      const verdict = deliver(bytes, now)
      faults.push(verdict.outcome === 'rejected' ? (faultsOf?.(bytes, now) ?? []) : [])
      return verdict
    }
  const openChain = (chain: ChainReference): ChainSession => {
    const session = reference.openChain(chain)
    return {
      ...session,
      deliverHeader: noting(session.deliverHeader, undefined),
      deliverBlock: noting(session.deliverBlock, session.faultsOf),
      deliverTransaction: noting(session.deliverTransaction, undefined),
    }
  }
  return { engine: { ...reference, openChain }, faults }
}
