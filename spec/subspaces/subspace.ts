import type { Broken } from '../language/index.ts'
import { ok } from '../language/index.ts'
import { kindOf, type Requirement } from './kinds/index.ts'
import type { Payment } from './payment.ts'

/** A rule set above the protocol (子空间): a predicate on payments, as the conjunction of requirements. */
export interface Subspace {
  readonly name: string
  readonly requirements: readonly Requirement[]
}

/** A requirement that a payment breaks. */
export interface Objection extends Broken {
  readonly requirement: Requirement
  readonly must: string
}

/** Everything in a payment to which a subspace objects, in the order of its requirements; nothing: it is acceptable. */
export function objections({ requirements }: Subspace, payment: Payment): readonly Objection[] {
  return requirements.flatMap((requirement) => {
    const { must, check } = kindOf(requirement)
    const outcome = check(requirement, payment)
    return outcome === ok ? [] : [{ requirement, must, ...outcome }]
  })
}

/**
 * What subspaces have in common (最大公约数): the one subspace that accepts exactly what each of them accepts. Requirements
 * about the same thing become one. Of no subspaces: the protocol alone, which demands nothing of this sort.
 */
export function commonPart(subspaces: readonly Subspace[]): Subspace {
  const found = new Map<string, Requirement>()
  for (const requirement of subspaces.flatMap(({ requirements }) => requirements)) {
    const { kind, about, meet } = kindOf(requirement)
    const key = `${kind} ${about(requirement)}`
    const before = found.get(key)
    found.set(key, before === undefined ? requirement : { ...requirement, ...meet(before, requirement) })
  }
  const requirements = [...found].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, each]) => each)
  return { name: subspaces.map(({ name }) => name).join(' and ') || 'the protocol', requirements }
}
