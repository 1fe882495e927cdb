import { verdictText } from '../../../reports/index.ts'
import {
  type Capability,
  isOneOfMany,
  isSameVerdict,
  type Strictness,
  type Verdict,
} from '../../ports/index.ts'
import type { Delivery, NodeState, ReplayResult, SettledExpectation } from '../../simulation/index.ts'

/** One thing that a target says and the specification, or the author, says otherwise. */
export interface Difference {
  /** In one line: what was compared, and where. */
  readonly message: string
  readonly expected: string
  readonly actual: string
  /** The node that was asked. */
  readonly node: string
  /** The number of the delivery after which it was seen, from 0 on. */
  readonly delivery: number
  /** Both verdicts, where they are what differs. */
  readonly verdicts?: { readonly expected: Verdict; readonly actual: Verdict }
}

export interface Compared {
  readonly expected: ReplayResult
  readonly actual: ReplayResult
  readonly strictness: Strictness
  readonly capabilities: ReadonlySet<Capability>
  /** Steps whose expectations ask nothing of this target. */
  readonly moot: ReadonlySet<number>
  /** Core's reject string of every rule that the block of a delivery breaks. */
  readonly faultsOf: (delivery: number) => readonly string[]
}

/**
 * Everything in which two replays differ, in the order in which it could be seen: after each delivery its verdict, the
 * tip with its work, the median time, the digest and the number of coins; then the author's expectations there.
 */
export function* differences(compared: Compared): Generator<Difference, void> {
  const { expected, actual, moot } = compared
  if (isWithoutWord(actual)) return
  const missed = actual.expectations.filter(({ status, step }) => status === 'fail' && !moot.has(step))
  const missedBefore = (deliveries: number) =>
    missed.filter(({ deliveriesBefore }) => deliveriesBefore === deliveries)
  // Who left a block unjudged may stand anywhere: from there on only verdicts are compared.
  let isStateKnown = true
  for (const [index, want] of expected.deliveries.entries()) {
    if (isStateKnown) for (const one of missedBefore(index)) yield unmet(one, actual)
    const got = actual.deliveries[index]
    if (got === undefined && actual.thrown !== undefined) return
    if (got === undefined || !isSameDelivery(want, got)) {
      yield strayed(index, want, got)
      return
    }
    if (isSilent(want, got)) isStateKnown = false
    const verdict = differentVerdict(index, want, got, compared)
    if (verdict !== undefined) yield verdict
    if (isStateKnown) yield* differentStates(index, want, got)
  }
  if (!isStateKnown) return
  const rest = missed.filter(({ deliveriesBefore }) => deliveriesBefore >= expected.deliveries.length)
  for (const one of rest) yield unmet(one, actual)
}

/** The target judged nothing at all: there is nothing to compare. */
function isWithoutWord({ deliveries }: ReplayResult): boolean {
  const verdicts = deliveries.flatMap(({ verdict }) => verdict ?? [])
  return verdicts.length > 0 && verdicts.every(({ outcome }) => outcome === 'unknown')
}

const isSameDelivery = (want: Delivery, got: Delivery) =>
  got.item === want.item && got.node === want.node && got.subject === want.subject

/** A block was left unjudged that the specification judges, or the other way round. */
function isSilent(want: Delivery, got: Delivery): boolean {
  if (want.subject === 'transaction') return false
  return want.verdict?.outcome === 'unknown' || got.verdict?.outcome === 'unknown'
}

function placeOf(index: number, { item, node }: Delivery): string {
  return `${item} at ${node}, delivery ${index + 1}`
}

function strayed(index: number, want: Delivery, got: Delivery | undefined): Difference {
  return {
    message: `delivery ${index + 1}: another item came`,
    expected: `${want.item} at ${want.node}`,
    actual: got === undefined ? 'nothing' : `${got.item} at ${got.node}`,
    node: want.node,
    delivery: index,
  }
}

function differentVerdict(
  index: number,
  want: Delivery,
  got: Delivery,
  { strictness, capabilities, faultsOf }: Compared,
): Difference | undefined {
  if (want.subject === 'invalidate' || want.subject === 'reconsider') return undefined
  const [expected, actual] = [want.verdict!, got.verdict!]
  if (isSameVerdict(expected, actual, { subject: want.subject, strictness, capabilities })) return undefined
  if (want.subject === 'block' && isOneOfMany(expected, actual, faultsOf(index), capabilities))
    return undefined
  return {
    message: `${placeOf(index, want)}: another verdict`,
    expected: verdictText(expected),
    actual: verdictText(actual),
    node: want.node,
    delivery: index,
    verdicts: { expected, actual },
  }
}

/** In the order in which they are compared. */
const PARTS: readonly (readonly [keyof NodeState, string])[] = [
  ['tip', 'tip'],
  ['medianTime', 'median time'],
  ['coinDigest', 'coin digest'],
  ['coinCount', 'number of coins'],
]

function* differentStates(index: number, want: Delivery, got: Delivery): Generator<Difference, void> {
  for (const [part, name] of PARTS) {
    const [expected, actual] = [want.state?.[part], got.state?.[part]]
    if (expected === undefined || actual === undefined || expected === actual) continue
    yield {
      message: `${name} after ${placeOf(index, want)}`,
      expected,
      actual,
      node: want.node,
      delivery: index,
    }
  }
}

function unmet(
  { step, expected, actual, deliveriesBefore }: SettledExpectation,
  run: ReplayResult,
): Difference {
  const delivery = deliveriesBefore - 1
  return {
    message: `step ${step}: an expectation is not met`,
    expected,
    actual,
    node: run.deliveries[delivery]?.node ?? [...run.questions.keys()][0] ?? '',
    delivery,
  }
}
