import type { SpendExample } from '../../spec/index.ts'
import { drawsFrom } from './draws.ts'
import { type Change, type ExampleJudge, judgeUnder } from './in-force.ts'
import type { HardForkWitness, SearchBounds } from './search.ts'
import { drawSpend } from './spends.ts'

/** What came of spends that were tried, up to the first that is allowed after the change only. */
export interface SpendSearch {
  readonly witness: HardForkWitness | undefined
  readonly tried: number
  readonly forbidden: number
}

/** Spends drawn by chance. */
export function searchSpends(change: Change, { seed, spends }: SearchBounds): SpendSearch {
  return trySpends(change, drawn())
  function* drawn(): Generator<SpendExample> {
    for (const draw of drawsFrom(seed, spends)) yield drawSpend(draw, change.subject)
  }
}

/** Judges spends on both sides of a change; the first that becomes valid is made as small as it becomes. */
export function trySpends(change: Change, spends: Iterable<SpendExample>): SpendSearch {
  const [before, after] = [judgeUnder(change.before), judgeUnder(change.after)]
  let [tried, forbidden] = [0, 0]
  for (const spend of spends) {
    tried += 1
    const [old, now] = [before.spend(spend), after.spend(spend)]
    if (old === 'OK' && now !== 'OK') forbidden += 1
    if (old !== 'OK' && now === 'OK') return { witness: witnessFrom(spend, before, after), tried, forbidden }
  }
  return { witness: undefined, tried, forbidden }
}

function witnessFrom(spend: SpendExample, before: ExampleJudge, after: ExampleJudge): HardForkWitness {
  const smallest = shrink(spend, (smaller) => before.spend(smaller) !== 'OK' && after.spend(smaller) === 'OK')
  return { kind: 'spend', spend: smallest, before: before.spend(smallest) }
}

/** Leaves out what is not needed, one byte or item at a time, as long as the spend still shows it. */
function shrink(spend: SpendExample, isWitness: (spend: SpendExample) => boolean): SpendExample {
  for (const smaller of smallerThan(spend)) if (isWitness(smaller)) return shrink(smaller, isWitness)
  return spend
}

function* smallerThan(spend: SpendExample): Generator<SpendExample> {
  const { script, scriptSig, witness, sequence, lockTime, ...rest } = spend
  const plain = { ...rest, script, scriptSig: scriptSig ?? '', witness: witness ?? [] }
  const times = { sequence: sequence ?? 0, lockTime: lockTime ?? 0 }
  if (times.sequence !== 0) yield { ...spend, sequence: 0 }
  if (times.lockTime !== 0) yield { ...spend, lockTime: 0 }
  for (const at of plain.witness.keys())
    yield { ...spend, witness: plain.witness.filter((_, index) => index !== at) }
  for (let at = 0; at < script.length; at += 2)
    yield { ...spend, script: script.slice(0, at) + script.slice(at + 2) }
  for (let at = 0; at < plain.scriptSig.length; at += 2)
    yield { ...spend, scriptSig: plain.scriptSig.slice(0, at) + plain.scriptSig.slice(at + 2) }
}
