import { z } from 'zod'
import { CAPABILITIES, chainFileSchema, chainParts } from '../../ports/index.ts'
import { type Step, stepSchema } from '../steps/index.ts'
import { block, type edit, run } from './block.ts'
import { network, nodeSpec } from './network.ts'
import { type amount, chainName, type lock, name, uint32 } from './primitives.ts'
import { type input, transaction, type unlock } from './transaction.ts'

const chain = z.union([
  chainName,
  z.strictObject({
    base: chainName,
    limits: chainParts.limits.partial().optional(),
    deployments: chainParts.deployments.partial().optional(),
    /** As in `touchstone-chain/2`; the base's own where it is left out. */
    scriptsFromGenesis: z.boolean().optional(),
  }),
  chainFileSchema,
])

/**
 * Scenario format v1: a story as data, the only unit of replay.
 *
 * Blocks, transactions, keys and nodes have names; one namespace for blocks and transactions, in which `genesis` is
 * the chain's first block. `b1:0` is output 0 of b1's coinbase, `t1:0` output 0 of t1. A dangling name is an error.
 * Everything random has been drawn: a scenario compiles to the same bytes every time.
 */
export const scenarioSchema = z.strictObject({
  format: z.literal('touchstone-scenario/1'),
  title: z.string().min(1),
  /** What happens and why it matters, for a reader. */
  story: z.string().min(1),
  /** Outside authorities: a BIP, a CVE, a test of Bitcoin Core, a section of the paper. */
  sources: z.array(z.string().min(1)).min(1),
  chain: chain.default('tiny'),
  /** Beyond what the steps ask for of themselves. */
  requires: z.array(z.enum(CAPABILITIES)).default([]),
  /** Unix seconds of virtual time 0; default: a day after genesis, or later where a row of blocks takes longer. */
  startTime: uint32.optional(),
  /** Secret = SHA-256("touchstone key " + name). */
  keys: z.array(name).default([]),
  nodes: z.record(name, nodeSpec).default({ node: { peers: [], trusts: [], clockOffsetSeconds: 0 } }),
  network: network.prefault({}),
  transactions: z.record(name, transaction).default({}),
  blocks: z.record(name, block).default({}),
  /** Shorthand for rows of blocks; a reader of the file turns them into `blocks`. */
  runs: z.record(name, run).default({}),
  steps: z.array(stepSchema).min(1),
})

/** A scenario with every default filled in, rows of blocks written out. */
export type Scenario = Omit<z.output<typeof scenarioSchema>, 'runs'>
/** The same, rows of blocks not yet written out. */
export type UnexpandedScenario = z.output<typeof scenarioSchema>
/** A scenario as it is written. */
export type ScenarioSource = z.input<typeof scenarioSchema>
export type TransactionSpec = z.output<typeof transaction>
export type TransactionSource = z.input<typeof transaction>
export type BlockSpec = z.output<typeof block>
export type BlockSource = z.input<typeof block>
export type InputSpec = z.output<typeof input>
export type Lock = z.output<typeof lock>
export type LockSource = z.input<typeof lock>
export type Amount = z.output<typeof amount>
export type Edit = z.output<typeof edit>
export type Unlock = z.output<typeof unlock>
export type { Step } from '../steps/index.ts'
export type Expectation = Extract<Step, { do: 'expect' }>

/** One transaction of a scenario. */
export const transactionSchema = transaction
/** One block of a scenario. */
export const blockSchema = block
