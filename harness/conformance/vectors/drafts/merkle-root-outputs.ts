import { z } from 'zod'
import { hexToBytes, transactionBytes } from '../../../wire/index.ts'
import { hexText, requireShape } from '../content.ts'
import { compare, tableOf, type VectorFormat, type VectorVerdict } from '../format.ts'
import { leafHash, leavesOf, type Tree, treeHash } from '../script/taproot-tree.ts'
import { draftCase } from './draft-cases.ts'

const DRAFT = 'bip360'

const leafSchema = z.object({ id: z.int(), script: hexText, leafVersion: z.int() })
const scriptTree: z.ZodType<Tree> = z.lazy(() => z.union([leafSchema, z.array(scriptTree)]))

const vectorSchema = z.object({
  id: z.string(),
  given: z.object({ scriptTree: scriptTree.nullish() }),
  intermediary: z.object({ leafHashes: z.array(hexText).optional(), merkleRoot: hexText.nullish() }),
  expected: z.object({
    scriptPubKey: hexText.optional(),
    scriptPathControlBlocks: z.array(hexText).optional(),
    error: z.string().optional(),
  }),
})

const fileSchema = z.object({ version: z.int(), test_vectors: z.array(z.object({ id: z.string() })).min(1) })

/** BIP360's constructions: a tree of scripts, the output that commits to it, and the control blocks that open it. */
export const merkleRootOutputsFormat: VectorFormat = {
  name: 'BIP360 outputs',
  detects: ({ json }) => {
    const file = fileSchema.safeParse(json)
    return file.success && file.data.test_vectors.every(({ id }) => id.startsWith('p2mr_'))
  },
  read: ({ json }) =>
    tableOf((json as { test_vectors: unknown[] }).test_vectors, (row) => {
      const { id, given, intermediary, expected } = requireShape(vectorSchema, row)
      const tree = given.scriptTree
      if (expected.error !== undefined || tree === undefined || tree === null) {
        const reason = `about a wallet: ${expected.error ?? 'no tree'}`
        return draftCase(id, DRAFT, () => ({ skip: reason }))
      }
      const { scriptPubKey, scriptPathControlBlocks: controls } = expected
      if (scriptPubKey === undefined) throw new Error('expected.scriptPubKey: expected hex')
      return draftCase(id, DRAFT, (judge) => {
        const leaves = leavesOf(tree)
        const hashes = leaves.map(leafHash)
        const compared = [
          compare(hashes.join(), (intermediary.leafHashes ?? hashes).join()),
          compare(treeHash(tree), intermediary.merkleRoot ?? treeHash(tree)),
          compare(`5220${treeHash(tree)}`, scriptPubKey),
          ...leaves.map((leaf, index) => opens(leaf.script, controls?.[index] ?? '')),
        ]
        return compared.find((verdict) => verdict !== 'pass') ?? 'pass'

        /** The control block commits to the leaf, and does not with one bit of it changed. */
        function opens(script: string, control: string): VectorVerdict {
          const [right, wrong] = [hexToBytes(control), hexToBytes(control)]
          wrong[wrong.length - 1]! ^= wrong.length === 1 ? 2 : 1
          const said = [right, wrong].map((block) =>
            judge.judgeSpend({
              transaction: revealing(hexToBytes(script), block),
              spentOutputs: [{ value: 0n, script: hexToBytes(scriptPubKey!) }],
              isInForce: true,
            }),
          )
          const isCommitted = said.map((word) => !COMMITMENT_ERRORS.includes(word))
          return compare(isCommitted.join(), 'true,false')
        }
      })
    }),
}

/** What is said of a witness that does not open the output; whether its script then succeeds is another question. */
const COMMITMENT_ERRORS = [
  'WITNESS_PROGRAM_MISMATCH',
  'WITNESS_PROGRAM_WITNESS_EMPTY',
  'TAPROOT_WRONG_CONTROL_SIZE',
  'P2MR_CONTROL_BIT',
].map((error) => `script: ${error}`)

function revealing(script: Uint8Array, control: Uint8Array): Uint8Array {
  const input = {
    txid: new Uint8Array(32).fill(1),
    index: 0,
    scriptSig: new Uint8Array(),
    sequence: 0,
    witness: [script, control],
  }
  return transactionBytes({
    version: 2,
    inputs: [input],
    outputs: [{ value: 0n, script: Uint8Array.of(0x51) }],
    lockTime: 0,
  })
}
