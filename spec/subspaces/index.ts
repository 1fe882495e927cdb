export type { Requirement } from './kinds/index.ts'
export type { Payment } from './payment.ts'
export { commonPart, type Objection, objections, type Subspace } from './subspace.ts'
