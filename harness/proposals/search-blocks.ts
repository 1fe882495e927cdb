import fc from 'fast-check'
import {
  type Checklist,
  decodeBlock,
  decodeTransaction,
  encodeBlock,
  encodeTransaction,
  type Limits,
  rulesOf,
  stages,
  type Transaction,
  UPGRADES,
  type Upgrade,
} from '../../spec/index.ts'
import { createSpecEngine } from '../adapters/index.ts'
import { huntDisagreements } from '../conformance/index.ts'
import { type Move, type Story, story } from '../generators/index.ts'
import type { ChainSession, SpecOracle } from '../ports/index.ts'
import { type Change, knownUnder } from './in-force.ts'
import type { HardForkWitness, SearchBounds } from './search.ts'

/** Rules of the table of contents that an upgrade brings, puts out of force, or whose limits it moves: where the search looks first. */
function rulesTouchedBy({
  rules = [],
  supersedes = [],
  limits = {},
  proofOfWork,
}: Upgrade): readonly string[] {
  const moved = new Set(Object.keys(limits))
  const listed = Object.values(stages).flatMap((list) => [...rulesOf(list as Checklist<unknown, Limits>)])
  return [
    ...rules.map(({ id }) => id),
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

/** Whether what is accepted after the change was rejected before. */
function isAllowed({ message }: { readonly message: string }): boolean {
  return (
    /expected (rejected|invalid-ancestor)/.test(message) && !/, got (rejected|invalid-ancestor)/.test(message)
  )
}

/** Generated blocks, delivered under the rules before and after until they part. */
export function searchBlocks(
  change: Change,
  { seed, deliveries }: SearchBounds,
  progress: (done: number) => void,
): {
  readonly witnesses: readonly HardForkWitness[]
  readonly forbidden: number
  readonly delivered: number
} {
  const changed = createSpecEngine(undefined, knownUnder(change.after))
  const reference = oldNodeOf(change)
  const hunt = huntDisagreements(
    {
      target: () => changed,
      ...(reference !== undefined && { reference }),
      strictness: 'verdict',
      deliveries,
      seed,
      isWanted: isAllowed,
      budget: { attempts: 100, ms: 30_000 },
      stories: storiesAbout(rulesTouchedBy(change.subject)),
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
    delivered: hunt.blocks + hunt.unconfirmedTransactions,
  }
}

/** Who judges by the rules before the change; nothing where those are today's. */
function oldNodeOf({ subject, before }: Change): (() => SpecOracle) | undefined {
  if (before === UPGRADES) return undefined
  const engine = createSpecEngine(undefined, knownUnder(before))
  const bringsWitnesses = subject.supersedes?.includes('no-witness') === true
  return () =>
    bringsWitnesses ? { openChain: (chain) => withoutWitnesses(engine.openChain(chain)) } : engine
}

/** Nodes that know no witnesses are sent none. [BIP144] */
function withoutWitnesses(session: ChainSession): ChainSession {
  return {
    ...session,
    deliverBlock: (bytes, now) => {
      const block = decodeBlock(bytes)
      if (!block.ok) return session.deliverBlock(bytes, now)
      const { header, transactions } = block.value
      return session.deliverBlock(encodeBlock({ header, transactions: transactions.map(stripped) }), now)
    },
    deliverTransaction: (bytes, now) => {
      const transaction = decodeTransaction(bytes)
      return session.deliverTransaction(
        transaction.ok ? encodeTransaction(stripped(transaction.value)) : bytes,
        now,
      )
    },
  }
}

function stripped(transaction: Transaction): Transaction {
  return { ...transaction, inputs: transaction.inputs.map((input) => ({ ...input, witness: [] })) }
}
