import type { Upgrade } from '../../spec/index.ts'
import { checkProposal, faultsOf, isHardFork } from './check.ts'
import { PRICES } from './cost/prices.ts'
import { findWorstBlocks, type WorstBlock } from './cost/worst-block.ts'
import { fillVectors } from './fill/fill.ts'
import type { HardForkWitness, SearchBounds } from './search.ts'
import { type Proportion, simulateActivation } from './simulate.ts'

/** What is said of a draft on its page and in its row of the table. */
export interface ProposalReport {
  readonly id: string
  readonly cells: readonly string[]
  readonly claims: readonly {
    readonly question: string
    readonly answer: string
    readonly evidence: string
  }[]
}

/** Shares of the hash rate that enforce it; one block in a hundred of the others breaks it. */
const SHARES = [0.3, 0.6, 0.9]
const RUNS = 2000
const DRAWS = 20

/** Asks all that the workbench can ask about a draft, within bounds; calls back with what it is at. @throws FileError */
export function reportOf(
  draft: Upgrade,
  bounds: SearchBounds,
  vectorFiles: readonly string[],
  progress: (step: string) => void = () => {},
): ProposalReport {
  const { seed } = bounds
  progress('search')
  const check = checkProposal(draft, bounds, vectorFiles, () => progress('search'))
  const { search, expiry, confiscation, slots, vectors } = check
  const cost = findWorstBlocks(draft, PRICES, seed, () => progress('slowest block'))
  const made = fillVectors(draft, seed, DRAWS).files.reduce((sum, { vectors }) => sum + vectors, 0)
  const splits = SHARES.map((enforcing) => {
    const activation = { enforcing, blind: 0, violating: 0.01, blocks: 2016 }
    return { enforcing, ...simulateActivation(activation, RUNS, seed) }
  })
  const witness = search.witnesses[0] ?? expiry?.witness
  const verdict = isHardFork(check) ? (expiry === undefined ? 'no' : 'until it ends') : 'no counterexample'
  const { tiny, spends, deliveries } = search.tried
  const passed = vectors === undefined ? 'none asked' : `${vectors.passed}, ${vectors.failures.length} failed`
  const faults = faultsOf(check)
  return {
    id: draft.id,
    cells: [
      draft.id,
      verdict,
      witness === undefined ? '' : shortWitness(witness),
      `${confiscation.confiscated.length} of ${confiscation.tried}`,
      shortList(slots.slots),
      `${cost.before.seconds.toFixed(0)} s`,
      `${cost.after.seconds.toFixed(0)} s`,
      passed,
      String(made),
      ...splits.map(({ split }) => percentOf(split)),
    ],
    claims: [
      {
        question: 'Is it a soft fork?',
        answer:
          witness === undefined
            ? 'No counterexample was found; nothing is proved beyond the bounds.'
            : verdict,
        evidence:
          witness === undefined
            ? `seed ${seed}: ${tiny} small spends, ${spends} by chance, ${deliveries} blocks and transactions`
            : JSON.stringify(witness.kind === 'block' ? witness.message : witness),
      },
      {
        question: 'What can no longer be spent?',
        answer:
          confiscation.confiscated.map(({ template }) => template).join('; ') || 'nothing that was tried',
        evidence: confiscation.confiscated
          .map(({ spend, error }) => `${error}: script ${spend.script.slice(0, 80)}`)
          .join('; '),
      },
      {
        question: 'What can be replayed after a split?',
        answer: `${confiscation.replayable.length} of ${confiscation.tried} ways to hold coins`,
        evidence: confiscation.replayable.join('; '),
      },
      {
        question: 'Which places does it claim?',
        answer: slots.slots.join(', ') || 'none',
        evidence:
          slots.collisions.map(({ slot, upgrades }) => `${slot}: ${upgrades.join(', ')}`).join('; ') ||
          'nobody else claims them',
      },
      {
        question: 'What does the slowest block cost today?',
        answer: `${cost.before.seconds.toFixed(1)} s`,
        evidence: blockText(cost.before),
      },
      {
        question: 'And with it?',
        answer: `${cost.after.seconds.toFixed(1)} s`,
        evidence: blockText(cost.after),
      },
      {
        question: 'Prices',
        answer: `${PRICES.node}, ${PRICES.machine}, ${PRICES.measured}`,
        evidence: JSON.stringify(PRICES.nanoseconds),
      },
      {
        question: 'Does it pass public vectors?',
        answer: passed,
        evidence: vectors?.failures.join('; ') ?? '',
      },
      {
        question: 'What is wrong with the draft itself?',
        answer: faults.join('; ') || 'nothing that was found',
        evidence: check.firing.firings
          .map(({ id, kept, broken }) => `${id}: kept ${kept}, broken ${broken}`)
          .join('; '),
      },
      ...check.interactions.map(({ other, example, alone, together }) => ({
        question: `With ${other}?`,
        answer: `${example}: ${together}`,
        evidence: `alone: ${alone}`,
      })),
      ...splits.map(({ enforcing, split, lasting }) => ({
        question: `Does the chain split when ${enforcing * 100} % enforce it?`,
        answer: `${percentOf(split)}; of these ${percentOf(lasting)} last`,
        evidence: `seed ${seed}, ${RUNS} runs of 2016 blocks, 1 % of the blocks of others break it`,
      })),
    ],
  }
}

function shortWitness(witness: HardForkWitness): string {
  if (witness.kind === 'header') return witness.message
  return witness.kind === 'spend' ? `script ${witness.spend.script}` : witness.message.slice(0, 80)
}

function shortList(slots: readonly string[]): string {
  return slots.length <= 3 ? slots.join(', ') : `${slots[0]} … ${slots.at(-1)}`
}

function blockText({ transactions, inputs, times, found }: WorstBlock): string {
  return `${transactions} transactions × ${inputs} inputs × ${times} × ${found}`
}

function percentOf({ value, low, high }: Proportion): string {
  const [middle, from, to] = [value, low, high].map((share) => (share * 100).toFixed(1))
  return `${middle} % (${from}–${to})`
}
