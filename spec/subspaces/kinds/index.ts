import type { RequirementKind } from '../kind.ts'
import { type Ceiling, ceiling } from './ceiling.ts'
import { type Currency, currency } from './currency.ts'
import { type Jurisdiction, jurisdiction } from './jurisdiction.ts'
import { type Tax, tax } from './tax.ts'

/** One thing that a subspace demands of a payment. */
export type Requirement =
  | ({ readonly kind: 'jurisdiction' } & Jurisdiction)
  | ({ readonly kind: 'tax' } & Tax)
  | ({ readonly kind: 'currency' } & Currency)
  | ({ readonly kind: 'ceiling' } & Ceiling)

const KINDS: ReadonlyMap<string, RequirementKind<Requirement>> = new Map(
  [jurisdiction, tax, currency, ceiling].map((kind) => [
    kind.kind,
    kind as unknown as RequirementKind<Requirement>,
  ]),
)

/** The kind of a requirement: its sentence, its check, and what two of it have in common. */
export const kindOf = ({ kind }: Requirement): RequirementKind<Requirement> => KINDS.get(kind)!
