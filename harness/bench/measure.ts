import { z } from 'zod'

/** What one process reports of its run: one JSON line on stdout. */
export const measureSchema = z.object({
  height: z.number(),
  /** Payments (or headers) in the measured part. */
  items: z.number(),
  /** From the first measured item to the last; blocks of our own node with the final flush, headers without. */
  seconds: z.number(),
  /** Largest resident memory of the process so far, in bytes. */
  residentBytes: z.number().optional(),
  /** Longest single step of the node, in milliseconds. */
  longestStepMs: z.number().optional(),
  /** The final flush alone, in milliseconds. */
  flushMs: z.number().optional(),
  /** One line about how it ran. */
  note: z.string().optional(),
})

export type Measure = z.infer<typeof measureSchema>
