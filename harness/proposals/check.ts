import type { Upgrade } from '../../spec/index.ts'
import { type ConfiscationReport, findConfiscation } from './confiscation.ts'
import { type Firing, type FiringReport, fireRules, neverFiring } from './firing.ts'
import { removalOf } from './in-force.ts'
import {
  claimedSlots,
  findInteractions,
  type Interaction,
  type SlotReport,
  wrongSlotExamples,
} from './interactions.ts'
import { judgePublicVectors, type PublicVectors } from './public-vectors.ts'
import type { HardForkWitness, SearchBounds, SoftForkSearch } from './search.ts'
import { searchChange, searchHardFork } from './soft-fork.ts'

/** Everything that `proposal check` finds out about a draft. */
export interface ProposalCheck {
  readonly id: string
  readonly search: SoftForkSearch
  /** Present where the draft goes out of force again: what it forbids is allowed then, and nodes that keep it part from the others. */
  readonly expiry?: { readonly afterBlocks: number; readonly witness: HardForkWitness | undefined }
  readonly confiscation: ConfiscationReport
  readonly slots: SlotReport
  readonly wrongSlotExamples: readonly string[]
  readonly interactions: readonly Interaction[]
  readonly firing: FiringReport
  readonly neverFiring: readonly Firing[]
  /** Absent where none were given. */
  readonly vectors?: PublicVectors
  readonly bounds: SearchBounds
}

/** Checks a draft within bounds, and on public vectors where such files are given. @throws FileError */
export function checkProposal(
  draft: Upgrade,
  bounds: SearchBounds,
  vectorFiles: readonly string[] = [],
  progress: (done: number) => void = () => {},
): ProposalCheck {
  const firing = fireRules(draft, bounds.seed, 100)
  const { deployment } = draft
  const isExpiring = typeof deployment === 'object' && deployment.kind === 'expiring'
  return {
    id: draft.id,
    search: searchHardFork(draft, bounds, progress),
    ...(isExpiring && {
      expiry: {
        afterBlocks: deployment.activeBlocks,
        witness: searchChange(removalOf(draft), bounds).witnesses[0],
      },
    }),
    confiscation: findConfiscation(draft),
    slots: claimedSlots(draft),
    wrongSlotExamples: wrongSlotExamples(draft),
    interactions: findInteractions(draft),
    firing,
    neverFiring: neverFiring(firing),
    ...(vectorFiles.length > 0 && { vectors: judgePublicVectors(draft, vectorFiles) }),
    bounds,
  }
}

/** Whether a node without the draft may come to reject what one with it accepts. */
export function isHardFork({ search, expiry }: ProposalCheck): boolean {
  return search.witnesses.length > 0 || expiry !== undefined
}

/** What is wrong with the draft itself, in one line each: examples that do not hold, rules that say only one thing, places taken twice. */
export function faultsOf({
  firing,
  neverFiring,
  slots,
  wrongSlotExamples,
  vectors,
}: ProposalCheck): readonly string[] {
  return [
    ...firing.wrong.map(({ expected, actual }) => `an example says ${expected}, the rules say ${actual}`),
    ...neverFiring.map(
      ({ kind, id, kept, broken }) =>
        `${kind} ${id}: ${broken === 0 ? 'no example breaks it' : ''}${kept === 0 ? 'no example keeps it' : ''}`,
    ),
    ...(vectors?.failures ?? []).map((failure) => `vector ${failure}`),
    ...wrongSlotExamples,
    ...slots.collisions.map(({ slot, upgrades }) => `${slot} is claimed by ${upgrades.join(' and ')}`),
  ]
}
