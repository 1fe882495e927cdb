import { z } from 'zod'
import { milliseconds, name } from './primitives.ts'

export const nodeSpec = z.strictObject({
  /** Nodes linked with this one from the start. */
  peers: z.array(name).default([]),
  /** Peers that this node's operator trusts: they may misbehave without being disconnected. */
  trusts: z.array(name).default([]),
  clockOffsetSeconds: z.number().int().default(0),
})

export const network = z.strictObject({
  latencyMs: milliseconds.default(50),
  links: z.array(z.strictObject({ between: z.tuple([name, name]), latencyMs: milliseconds })).default([]),
  /** What befell single messages: the n-th (from 0) ever sent from one node to another. */
  faults: z
    .array(
      z.strictObject({
        from: name,
        to: name,
        message: z.number().int().min(0),
        kind: z.enum(['drop', 'duplicate', 'delay', 'corrupt']),
        /** Further delay in ms (delay, duplicate), or position of the flipped byte (corrupt). */
        argument: z.number().int().min(0).default(0),
      }),
    )
    .default([]),
})
