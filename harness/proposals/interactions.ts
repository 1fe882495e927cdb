import { collisions, PROPOSALS, slotTable, UPGRADES, type Upgrade } from '../../spec/index.ts'
import { judgeUnder } from './in-force.ts'

/** What a draft claims, and with which other drafts it shares a place. */
export interface SlotReport {
  readonly slots: readonly string[]
  readonly collisions: readonly { readonly slot: string; readonly upgrades: readonly string[] }[]
}

/** The places that a draft claims beside all other drafts. */
export function claimedSlots(draft: Upgrade, others: readonly Upgrade[] = PROPOSALS): SlotReport {
  const rest = others.filter(({ id }) => id !== draft.id)
  return {
    slots: [...slotTable([draft]).keys()],
    collisions: collisions([...rest, draft]).filter(({ upgrades }) => upgrades.includes(draft.id)),
  }
}

/** Examples of places that a draft's own list does not bear out, in one line each. */
export function wrongSlotExamples(draft: Upgrade): readonly string[] {
  const { claims = [], leaves = [] } = draft.slotExamples ?? {}
  const claimed = slotTable([draft])
  return [
    ...claims
      .filter((slot) => !claimed.has(slot))
      .map((slot) => `${slot} is not claimed, an example says it is`),
    ...leaves
      .filter((slot) => claimed.has(slot))
      .map((slot) => `${slot} is claimed, an example says it is not`),
  ]
}

/** Another draft with which some example of this one, or of the other, comes to another end. */
export interface Interaction {
  readonly other: string
  readonly example: string
  readonly alone: string
  readonly together: string
  /** What is said when the other draft came first; the order of activation matters where it differs. */
  readonly otherOrder: string
}

/** Plays what each of two drafts allows while both are in force: what one allows the other may forbid. */
export function findInteractions(
  draft: Upgrade,
  others: readonly Upgrade[] = PROPOSALS,
): readonly Interaction[] {
  const deployed = UPGRADES.filter(({ id }) => id !== draft.id)
  return others
    .filter(({ id }) => id !== draft.id)
    .filter((other) => collisions([other, draft]).length === 0)
    .flatMap((other) => {
      const together = judgeUnder([...deployed, other, draft])
      const otherOrder = judgeUnder([...deployed, draft, other])
      return [draft, other].flatMap((owner) => {
        const alone = judgeUnder([...deployed, owner])
        return (owner.examples?.accepts ?? [])
          .map((example, index) => ({
            other: other.id,
            example: `${owner.id}, allowed example ${index + 1}`,
            alone: alone.any(example),
            together: together.any(example),
            otherOrder: otherOrder.any(example),
          }))
          .filter(({ alone, together, otherOrder }) => alone !== together || together !== otherOrder)
      })
    })
}
