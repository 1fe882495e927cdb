/** A time limit of several threads. It begins with the first case that any of them judges: reading files is free. */
export interface TimeLimit {
  readonly budgetMs: number
  /** One 64-bit integer: when the first case was judged, Unix time in milliseconds; 0 before. */
  readonly start: SharedArrayBuffer
}

export function timeLimit(budgetMs: number): TimeLimit {
  return { budgetMs, start: new SharedArrayBuffer(8) }
}

/** Whether the time is over; the first who asks starts it. */
export function isOver({ budgetMs, start }: TimeLimit, nowMs: number): boolean {
  const now = BigInt(Math.floor(nowMs))
  const first = Atomics.compareExchange(new BigInt64Array(start), 0, 0n, now)
  return first !== 0n && Number(now - first) >= budgetMs
}
