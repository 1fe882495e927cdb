import type { Plot } from '../../reports/index.ts'
import type { Upgrade } from '../../spec/index.ts'
import { checkProposal, faultsOf, isHardFork } from './check.ts'
import { PRICES } from './cost/prices.ts'
import { findWorstBlocks, type WorstBlock } from './cost/worst-block.ts'
import { fillVectors } from './fill/fill.ts'
import { reportSplits } from './report-splits.ts'
import type { HardForkWitness, SearchBounds } from './search.ts'

/** What is said of a draft on its page and in its row of the table. */
export interface ProposalReport {
  readonly id: string
  readonly cells: readonly string[]
  readonly claims: readonly {
    readonly question: string
    readonly answer: string
    readonly evidence: string
  }[]
  /** Whether the chain splits. */
  readonly plot: Plot
}

const DRAWS = 20

/** Asks all that the workbench can ask about a draft, within bounds; calls back with what it is at. @throws FileError */
export function reportOf(
  draft: Upgrade,
  bounds: SearchBounds,
  vectorFiles: readonly string[],
  blockPlaces: readonly string[] = [],
  progress: (step: string) => void = () => {},
): ProposalReport {
  const { seed } = bounds
  progress('search')
  const check = checkProposal(draft, bounds, vectorFiles, () => progress('search'))
  const { search, expiry, confiscation, slots, vectors } = check
  const cost = findWorstBlocks(draft, PRICES, seed, () => progress('slowest block'))
  const made = fillVectors(draft, seed, DRAWS).files.reduce((sum, { vectors }) => sum + vectors, 0)
  progress('activation')
  const splits = reportSplits(draft, seed, blockPlaces)
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
      ...splits.cells,
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
      ...splits.claims,
    ],
    plot: splits.plot,
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
