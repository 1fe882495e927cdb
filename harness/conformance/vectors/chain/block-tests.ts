import { z } from 'zod'
import { verdictText } from '../../../../reports/index.ts'
import { chainLookup } from '../../../adapters/index.ts'
import {
  type ChainFile,
  type ChainReference,
  chainFileSchema,
  chainParts,
  type Verdict,
} from '../../../ports/index.ts'
import { readBlock } from '../../../wire/index.ts'
import { hexText, requireBytes, requireShape } from '../content.ts'
import { compare, tableOf, type VectorFormat, type VectorVerdict } from '../format.ts'
import { oneSession } from './chain-cases.ts'

const FORMAT = 'touchstone-block-tests/1'

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits')
const name = z.string().min(1)

const testSchema = z.union([
  z.strictObject({
    name,
    /** A block as it travels, decodable or not. */
    block: hexText,
    /** `orphan`: refused, for its parent is unknown. */
    expect: z.enum(['accepted', 'rejected', 'orphan', 'orphan or rejected']),
    /** Where an accepted block goes: on the active chain, or on a branch beside it. */
    isActive: z.boolean().optional(),
    /** Core's reject string; compared where an engine reports reasons. */
    reason: z.string().min(1).optional(),
    /** What our clock shows, Unix seconds; otherwise that of the newest block so far. */
    now: z.int().nonnegative().optional(),
    /** The tip afterwards. */
    tip: hash.optional(),
  }),
  z.strictObject({ name, tip: hash }),
])
type BlockTest = z.infer<typeof testSchema>

const chainSchema = z.union([
  z.string(),
  chainFileSchema,
  z.strictObject({
    base: z.string(),
    limits: chainParts.limits.partial().optional(),
    deployments: chainParts.deployments.partial().optional(),
  }),
])

const fileSchema = z.strictObject({
  format: z.literal(FORMAT),
  comment: z.string().optional(),
  chain: chainSchema,
  tests: z.array(z.unknown()).min(1),
})

/**
 * Blocks in the order in which they arrive, and what must become of each: what Core's feature_block.py and btcd's
 * full-block tests say, as data.
 */
export const blockTestsFormat: VectorFormat = {
  name: 'block tests',
  isSequential: true,
  detects: ({ json }) =>
    typeof json === 'object' && json !== null && 'format' in json && json.format === FORMAT,
  read({ json }) {
    const { chain, tests } = requireShape(fileSchema, json)
    const session = oneSession(chainOf(chain))
    let clock = 0
    return tableOf(
      tests,
      (entry, index) => {
        const test = requireShape(testSchema, entry)
        const bytes = 'block' in test ? requireBytes(test.block) : undefined
        clock = Math.max(clock, (bytes && readBlock(bytes)?.time) ?? 0)
        const now = ('now' in test ? test.now : undefined) ?? clock
        return {
          id: `${index} ${test.name}`,
          run(engine) {
            const target = session(engine)
            const verdict = bytes && target.deliverBlock(bytes, now)
            const outcome = verdict && judge(verdict, test, engine.capabilities.has('reasons'))
            if (outcome !== undefined && outcome !== 'pass') return outcome
            return test.tip === undefined ? 'pass' : compare(`tip ${target.tip().hash}`, `tip ${test.tip}`)
          },
        }
      },
      { place: 'test' },
    )
  },
}

function chainOf(chain: z.infer<typeof chainSchema>): ChainReference {
  if (typeof chain === 'object' && 'format' in chain) return chain
  const base = typeof chain === 'string' ? chain : chain.base
  const file = chainLookup(base)
  if (file === undefined) throw new Error(`chain: there is no built-in chain ${base}`)
  if (typeof chain === 'string') return chain
  const limits = { ...file.limits, ...chain.limits } as ChainFile['limits']
  const deployments = { ...file.deployments, ...chain.deployments } as ChainFile['deployments']
  return { ...file, name: `${file.name}-tests`, limits, deployments }
}

function judge(verdict: Verdict, test: BlockTest, givesReasons: boolean): VectorVerdict {
  if (!('expect' in test)) return 'pass'
  const { expect, isActive, reason } = test
  const wanted = isActive === undefined ? expect : `${expect}, ${isActive ? 'connected' : 'stored'}`
  const fail = {
    fail: `expected ${wanted}${reason === undefined ? '' : ` as ${reason}`}, got ${verdictText(verdict)}`,
  }
  const kind = kindOf(verdict)
  if (!expect.split(' or ').includes(kind)) return fail
  if (kind === 'accepted')
    return isActive === undefined || isActive === (verdict.outcome === 'connected') ? 'pass' : fail
  const isOther = reason !== undefined && givesReasons && 'reason' in verdict && verdict.reason !== reason
  return kind === 'rejected' && isOther ? fail : 'pass'
}

/** What was there already was accepted. */
function kindOf(verdict: Verdict): 'accepted' | 'rejected' | 'orphan' {
  if (verdict.outcome === 'invalid-ancestor') return 'rejected'
  if (verdict.outcome !== 'rejected') return 'accepted'
  return verdict.class === 'missing' ? 'orphan' : 'rejected'
}
