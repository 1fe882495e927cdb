/** Known bugs, planted one at a time: what does not find them is not worth much. */
export { BUG_BANK } from './bank/index.ts'
export { buildBundle } from './bundle.ts'
export { hunt, type MutantResult } from './hunt.ts'
export { type Arsenal, KILLERS, type KillerName } from './killers.ts'
export type { Mutant } from './mutant.ts'
