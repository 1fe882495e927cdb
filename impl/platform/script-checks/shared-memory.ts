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

const RING_BITS = 15
/** Slots of the ring. */
export const RING_SLOTS = 1 << RING_BITS
const CELLS = 5
const JOB_CELLS = 6
const ARENA_BYTES = 8 * 1024 * 1024

/** Cells of `control`. */
export const CELL = {
  /** Jobs that may be claimed, ever. */
  published: 0,
  /** Jobs that were claimed, ever. */
  claimed: 1,
  /** Workers that sleep or are about to. */
  sleepers: 2,
  /** Rung to wake them: its value changes. */
  bell: 3,
  /** Not 0 once the workers are to end. */
  stop: 4,
} as const

/** Cells of a job. */
export const JOB = {
  /** Distinguishes one packed transaction from the next at the same place. */
  spendId: 0,
  offset: 1,
  length: 2,
  inputIndex: 3,
  flags: 4,
  /** Lap of the ring × 256 + verdict, `UNJUDGED` or `TAKEN`. */
  verdict: 5,
} as const

/** Verdicts are script errors, which are smaller than these. */
const UNJUDGED = 0xff
/** The submitting thread judges the job itself. */
const TAKEN = 0xfe

export function createSharedMemory(): SharedMemory {
  return {
    control: new Int32Array(new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT)),
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

/** Marks a job as not judged yet. To be called before it is published. */
export function openJob(jobs: Int32Array, job: number): void {
  jobs[jobAt(job) + JOB.verdict] = verdictCell(job, UNJUDGED)
}

/**
 * Gives a verdict on a claimed job. False, and without effect, when the submitting thread has taken the job over: what
 * was read for it may then have been something else, for other jobs may stand in its slot and in the arena by now.
 */
export function answerJob(jobs: Int32Array, job: number, error: number): boolean {
  const at = jobAt(job) + JOB.verdict
  const unjudged = verdictCell(job, UNJUDGED)
  return Atomics.compareExchange(jobs, at, unjudged, verdictCell(job, error)) === unjudged
}

/** The verdict on a job; undefined when there is none, and then none will be taken any more. */
export function takeVerdict(jobs: Int32Array, job: number): number | undefined {
  const at = jobAt(job) + JOB.verdict
  const unjudged = verdictCell(job, UNJUDGED)
  const seen = Atomics.compareExchange(jobs, at, unjudged, verdictCell(job, TAKEN))
  return seen === unjudged ? undefined : seen & 0xff
}

function verdictCell(job: number, verdict: number): number {
  return ((job >>> RING_BITS) << 8) | verdict
}
