import fc from 'fast-check'
import {
  type Checklist,
  type Limits,
  rulesOf,
  type SpendExample,
  stages,
  type Upgrade,
} from '../../spec/index.ts'
import { createSpecEngine } from '../adapters/index.ts'
import { type FoundDisagreement, huntDisagreements } from '../conformance/index.ts'
import { type Move, type Story, story } from '../generators/index.ts'
import { drawsFrom } from './draws.ts'
import { alwaysInForce, judgeWith } from './in-force.ts'
import { drawSpend } from './spends.ts'

/** How far to search, and from where chance starts. */
export interface SearchBounds {
  readonly seed: number
  /** Spends to try by themselves. */
  readonly spends: number
  /** Generated blocks and loose transactions to deliver. */
  readonly deliveries: number
}

/** Something that the draft allows and today's rules forbid. */
export type HardForkWitness =
  | { readonly kind: 'spend'; readonly spend: SpendExample; readonly before: string }
  | { readonly kind: 'block'; readonly message: string; readonly scenario: FoundDisagreement['scenario'] }
  | { readonly kind: 'header'; readonly bytes: string; readonly message: string }

/** What the search found. Without a witness nothing is proved beyond the bounds. */
export interface SoftForkSearch {
  readonly witnesses: readonly HardForkWitness[]
  /** Spends and deliveries that were tried. */
  readonly tried: { readonly spends: number; readonly deliveries: number }
  /** How often the draft forbade what today's rules allow. */
  readonly forbidden: { readonly spends: number; readonly blocks: number }
}

/** Searches for what is valid with the draft and invalid without it. */
export function searchHardFork(
  draft: Upgrade,
  bounds: SearchBounds,
  progress: (done: number) => void = () => {},
): SoftForkSearch {
  const header = unreadableHeader(draft)
  if (header !== undefined)
    return { witnesses: [header], tried: { spends: 0, deliveries: 0 }, forbidden: { spends: 0, blocks: 0 } }
  const spends = searchSpends(draft, bounds)
  const blocks = searchBlocks(draft, bounds, progress)
  return {
    witnesses: [...spends.witnesses, ...blocks.witnesses],
    tried: { spends: bounds.spends, deliveries: blocks.delivered },
    forbidden: { spends: spends.forbidden, blocks: blocks.forbidden },
  }
}

/** The first header of another size: nobody can read it today. */
function unreadableHeader({ headerBytes }: Upgrade): HardForkWitness | undefined {
  if (headerBytes === undefined || headerBytes === HEADER_BYTES) return undefined
  return {
    kind: 'header',
    bytes: '00'.repeat(headerBytes),
    message: `a header of ${headerBytes} bytes; today every header has ${HEADER_BYTES}`,
  }
}

const HEADER_BYTES = 80

function searchSpends(draft: Upgrade, { seed, spends }: SearchBounds) {
  const [before, after] = [judgeWith([]), judgeWith([draft])]
  const isNew = (spend: SpendExample) => before.spend(spend) !== 'OK' && after.spend(spend) === 'OK'
  let forbidden = 0
  for (const draw of drawsFrom(seed, spends)) {
    const spend = drawSpend(draw, draft)
    const [old, now] = [before.spend(spend), after.spend(spend)]
    if (old === 'OK' && now !== 'OK') forbidden += 1
    if (old === 'OK' || now !== 'OK') continue
    const smallest = shrink(spend, isNew)
    const witness: HardForkWitness = { kind: 'spend', spend: smallest, before: before.spend(smallest) }
    return { witnesses: [witness], forbidden }
  }
  return { witnesses: [], forbidden }
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

/** Rules that a draft puts out of force, or whose limits it moves: where the search looks first. */
function rulesLoosenedBy({ supersedes = [], limits = {}, proofOfWork }: Upgrade): readonly string[] {
  const moved = new Set(Object.keys(limits))
  const listed = Object.values(stages).flatMap((list) => [...rulesOf(list as Checklist<unknown, Limits>)])
  return [
    ...supersedes,
    ...listed.filter(({ rule }) => rule.limits.some((name) => moved.has(name))).map(({ rule }) => rule.id),
    ...(proofOfWork === undefined ? [] : ['proof-of-work']),
  ]
}

/** What subsidies allow shows on chains that begin near their last halving. */
const SUBSIDY_RULES = ['coinbase-amount', 'subsidy-ends']

/** Stories whose faults are of these rules, where there are any; a fault in every second move, so that few deliveries find it. */
function storiesAbout(rules: readonly string[]): fc.Arbitrary<Story> {
  if (rules.length === 0) return story
  const isAboutSubsidies = rules.some((rule) => SUBSIDY_RULES.includes(rule))
  const late = story.filter(({ prelude }) => prelude > 0)
  return (isAboutSubsidies ? fc.oneof(story, late) : story).map((drawn) => ({
    ...drawn,
    moves: drawn.moves.flatMap((move, index): Move[] => {
      const fault = {
        move: 'fault',
        depth: 0,
        kind: index,
        rules,
        choice: index,
        spends: [],
        child: false,
      } as const
      return move.move === 'fault' ? [{ ...move, rules }] : [move, fault]
    }),
  }))
}

/** Whether today's rules reject what the draft accepts. */
function isAllowed({ message }: { readonly message: string }): boolean {
  return /expected (rejected|invalid-ancestor)/.test(message)
}

/** Generated blocks, told to today's rules and to the draft's until they part. */
function searchBlocks(draft: Upgrade, { seed, deliveries }: SearchBounds, progress: (done: number) => void) {
  const upgraded = createSpecEngine(undefined, [alwaysInForce(draft)])
  const hunt = huntDisagreements(
    {
      target: () => upgraded,
      strictness: 'verdict',
      deliveries,
      seed,
      isWanted: isAllowed,
      budget: { attempts: 100, ms: 30_000 },
      stories: storiesAbout(rulesLoosenedBy(draft)),
    },
    progress,
  )
  const found = hunt.disagreements
  return {
    witnesses: found
      .filter(isAllowed)
      .map(({ message, scenario }): HardForkWitness => ({ kind: 'block', message, scenario })),
    forbidden: found
      .filter((difference) => !isAllowed(difference))
      .reduce((sum, { times }) => sum + times, 0),
    delivered: hunt.blocks + hunt.looseTransactions,
  }
}
