import { z } from 'zod'

const requirement = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('jurisdiction'), registered: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal('tax'),
    collector: z.string(),
    perTenThousand: z.int().min(0).max(10_000),
  }),
  z.strictObject({ kind: z.literal('currency'), unitSats: z.int().min(1).max(100_000_000) }),
  z.strictObject({ kind: z.literal('ceiling'), sats: z.int().min(0) }),
])

/** A subspace as a file; owners are scripts in hex, addresses, or keys of the story beside it. */
export const subspaceSchema = z.strictObject({
  format: z.literal('touchstone-subspace/1'),
  name: z.string().min(1).max(60),
  text: z.string().min(1),
  requirements: z.array(requirement).max(1000),
})
