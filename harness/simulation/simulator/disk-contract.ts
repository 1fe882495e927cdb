/** Called before each write; throws when the machine is to stop, or the disk to refuse, instead of writing. */
export type WriteGate = (kind: 'grow' | 'other') => void

/** Called before each read; throws when the machine has stopped. */
export type ReadGate = () => void

/** Share of un-synced writes that is still there after a crash, in 256ths. */
export type Survival = number

/** How many of `count` un-synced things survive. */
export const surviving = (count: number, survives: Survival): number => Math.floor((count * survives) / 256)
