/**
 * What the submitting thread and the workers share. Jobs stand in a ring and are counted up for ever, modulo 2^32:
 * a counter that started again could be mistaken for its earlier self by a thread that slept in between.
 */
export interface SharedMemory {
  /** Counters and flags, see CELL. */
  readonly control: Int32Array
  /** JOB_CELLS numbers for each slot of the ring, see JOB. */
  readonly jobs: Int32Array
  /** Packed transactions and the coins they spend. */
  readonly arena: Uint8Array
}

/** Slots of the ring: a power of two. */
export const RING_SLOTS = 1 << 15
const JOB_CELLS = 8
const ARENA_BYTES = 8 * 1024 * 1024

/** Cells of `control`. */
export const CELL = {
  /** Jobs that may be claimed, ever. */
  published: 0,
  /** Jobs that were claimed, ever. */
  claimed: 1,
  /** Jobs that are finished, ever. */
  finished: 2,
  /** The failure of lowest index: index × 256 + error. */
  lowest: 3,
  /** Workers that sleep or are about to. */
  sleepers: 4,
  /** Rung to wake them: its value changes. */
  bell: 5,
  /** Not 0 once the workers are to end. */
  stop: 6,
} as const

/** Cells of a job. */
export const JOB = {
  /** Tells one packed transaction from the next at the same place. */
  spendId: 0,
  offset: 1,
  length: 2,
  inputIndex: 3,
  flags: 4,
  index: 5,
  state: 6,
} as const

/** States of a job. `abandoned`: the worker could not judge it. */
export const STATE = { open: 0, finished: 1, abandoned: 2 } as const

export const NO_FAILURE = 0x7fffffff

export function createSharedMemory(): SharedMemory {
  const control = new Int32Array(new SharedArrayBuffer(8 * Int32Array.BYTES_PER_ELEMENT))
  control[CELL.lowest] = NO_FAILURE
  return {
    control,
    jobs: new Int32Array(new SharedArrayBuffer(RING_SLOTS * JOB_CELLS * Int32Array.BYTES_PER_ELEMENT)),
    arena: new Uint8Array(new SharedArrayBuffer(ARENA_BYTES)),
  }
}

/** Where the cells of a job begin. */
export function jobAt(job: number): number {
  return (job & (RING_SLOTS - 1)) * JOB_CELLS
}

/** Takes the next published job; undefined when none is left. */
export function claimJob(control: Int32Array): number | undefined {
  for (;;) {
    const job = Atomics.load(control, CELL.claimed)
    if (((Atomics.load(control, CELL.published) - job) | 0) <= 0) return undefined
    if (Atomics.compareExchange(control, CELL.claimed, job, (job + 1) | 0) === job) return job
  }
}

/** Notes a failure unless one of lower index is known. */
export function noteFailure(control: Int32Array, index: number, error: number): void {
  const failure = index * 256 + error
  let lowest = Atomics.load(control, CELL.lowest)
  while (failure < lowest) {
    const seen = Atomics.compareExchange(control, CELL.lowest, lowest, failure)
    if (seen === lowest) return
    lowest = seen
  }
}

/** True when a failure is known that makes this check's answer irrelevant. */
export function isIrrelevant(control: Int32Array, index: number): boolean {
  return index * 256 > Atomics.load(control, CELL.lowest)
}

export function finishJob({ control, jobs }: SharedMemory, job: number, state: number): void {
  Atomics.store(jobs, jobAt(job) + JOB.state, state)
  Atomics.add(control, CELL.finished, 1)
  Atomics.notify(control, CELL.finished)
}
