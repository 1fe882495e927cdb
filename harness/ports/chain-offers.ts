import { z } from 'zod'
import { chainParts } from './chain-file.ts'

/** What a handler may say of itself, so that no chain is drawn on which it cannot be opened. */
export const chainOffers = z.strictObject({
  deployments: z
    .partialRecord(
      z.enum(Object.keys(chainParts.deployments.shape) as (keyof typeof chainParts.deployments.shape)[]),
      z.array(z.enum(['always', 'never', 'height', 'time', 'bip9'])).min(1),
    )
    .optional()
    .describe('How soft forks may begin, by id; an id that is absent: in any way.'),
  limits: z.array(z.string()).optional().describe('The limits that may be moved; absent: all.'),
  proofOfWork: z
    .array(z.enum(['sha256d', 'scrypt']))
    .optional()
    .describe('The proofs of work that it can check; absent: both.'),
})

/** On which chains a target can be opened. */
export type ChainOffers = Readonly<z.infer<typeof chainOffers>>
