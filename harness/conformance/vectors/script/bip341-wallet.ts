import { z } from 'zod'
import { facetOf } from '../../../adapters/index.ts'
import { ByteReader, bytesToHex, readTransaction, taggedHash } from '../../../wire/index.ts'
import { hexText, requireBytes, requireShape } from '../content.ts'
import { compare, tableOfCases, type VectorCase, type VectorFormat } from '../format.ts'
import { creditAndSpend } from './credit-and-spend.ts'
import { CORE_FLAGS } from './flags.ts'
import { leafHash, leavesOf, type Tree, type TreeLeaf, treeHash, tweakOf } from './taproot-tree.ts'

/** BIP341's wallet vectors: outputs from keys and trees, control blocks, signature hashes of a transaction and its signatures. */
export const bip341WalletFormat: VectorFormat = {
  name: 'BIP341 wallet',
  detects: ({ json }) => isWallet(json),
  read({ json }) {
    const { scriptPubKey, keyPathSpending } = requireShape(walletSchema, json)
    return tableOfCases([
      ...scriptPubKey.flatMap((output, index) => outputCases(output, `output ${index}`)),
      ...keyPathSpending.flatMap((spending, index) => spendingCases(spending, `spend ${index}`)),
    ])
  },
}

const leafSchema = z.strictObject({ id: z.int(), script: hexText, leafVersion: z.int().min(0).max(255) })
const treeSchema: z.ZodType<Tree> = z.union([
  leafSchema,
  z
    .array(z.lazy(() => treeSchema))
    .min(2)
    .max(2),
])

const outputSchema = z.strictObject({
  given: z.strictObject({ internalPubkey: hexText, scriptTree: treeSchema.nullable() }),
  intermediary: z.strictObject({
    leafHashes: z.array(hexText).optional(),
    merkleRoot: hexText.nullable(),
    tweak: hexText,
    tweakedPubkey: hexText,
  }),
  expected: z.strictObject({
    scriptPubKey: hexText,
    bip350Address: z.string(),
    scriptPathControlBlocks: z.array(hexText).optional(),
  }),
})

const spendingSchema = z.strictObject({
  given: z.strictObject({
    rawUnsignedTx: hexText,
    utxosSpent: z.array(z.strictObject({ scriptPubKey: hexText, amountSats: z.int().nonnegative() })).min(1),
  }),
  intermediary: z.record(z.string(), hexText),
  inputSpending: z.array(
    z.strictObject({
      given: z.strictObject({
        txinIndex: z.int().nonnegative(),
        internalPrivkey: hexText,
        merkleRoot: hexText.nullable(),
        hashType: z.int(),
      }),
      intermediary: z.strictObject({
        internalPubkey: hexText,
        tweak: hexText,
        tweakedPrivkey: hexText,
        sigMsg: hexText,
        precomputedUsed: z.array(z.string()),
        sigHash: hexText,
      }),
      expected: z.strictObject({ witness: z.array(hexText) }),
    }),
  ),
  auxiliary: z.strictObject({ fullySignedTx: hexText }),
})

const walletSchema = z.strictObject({
  version: z.literal(1).optional(),
  scriptPubKey: z.array(outputSchema).min(1),
  keyPathSpending: z.array(spendingSchema).min(1),
})

type WalletOutput = z.infer<typeof outputSchema>
type KeyPathSpending = z.infer<typeof spendingSchema>

function isWallet(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'scriptPubKey' in json && 'keyPathSpending' in json
}

/** What a file says on the way must lead to what it expects. @throws Error that names the first that does not */
function requireEqual(
  id: string,
  values: Readonly<Record<string, readonly [own: string | null, given: string | null]>>,
) {
  for (const [name, [own, given]] of Object.entries(values))
    if (own !== given) throw new Error(`${id}: ${name}: expected ${own}, got ${given}`)
}

function outputCases({ given, intermediary, expected }: WalletOutput, id: string): VectorCase[] {
  const { internalPubkey, scriptTree: tree } = given
  const root = intermediary.merkleRoot
  requireEqual(id, {
    leafHashes: [
      (tree === null ? [] : leavesOf(tree).map(leafHash)).join(),
      (intermediary.leafHashes ?? []).join(),
    ],
    merkleRoot: [tree === null ? null : treeHash(tree), root],
    tweak: [tweakOf(internalPubkey, root), intermediary.tweak],
    scriptPubKey: [`5120${intermediary.tweakedPubkey}`, expected.scriptPubKey],
  })
  const output: VectorCase = {
    id,
    run: (engine) => {
      const script = facetOf(engine, 'scripts').taprootOutputScript(
        requireBytes(given.internalPubkey),
        root === null ? undefined : requireBytes(root),
      )
      const verdict = compare(bytesToHex(script), expected.scriptPubKey)
      const addresses = engine.addresses
      if (verdict !== 'pass' || addresses === undefined) return verdict
      return compare(addresses.addressOfScript(script, 'bitcoin') ?? 'none', expected.bip350Address)
    },
  }
  const leaves = given.scriptTree === null ? [] : leavesOf(given.scriptTree)
  return [output, ...leaves.map((leaf) => leafCase(leaf, expected, id))]
}

function leafCase(
  { id: leafId, script }: TreeLeaf,
  expected: WalletOutput['expected'],
  id: string,
): VectorCase {
  const controlBlock = expected.scriptPathControlBlocks?.[leafId]
  if (controlBlock === undefined) throw new Error(`${id}: expected a control block for leaf ${leafId}`)
  const witness = [new Uint8Array(), requireBytes(script), requireBytes(controlBlock)]
  const spend = creditAndSpend(new Uint8Array(), requireBytes(expected.scriptPubKey), witness)
  return {
    id: `${id} leaf ${leafId}`,
    run: (engine) =>
      facetOf(engine, 'scripts').verifyScript({ ...spend, flags: ['P2SH', 'WITNESS', 'TAPROOT'] }) ===
      'WITNESS_PROGRAM_MISMATCH'
        ? { fail: 'the control block does not prove the leaf' }
        : 'pass',
  }
}

function spendingCases({ given, inputSpending, auxiliary }: KeyPathSpending, id: string): VectorCase[] {
  const spentOutputs = given.utxosSpent.map(({ scriptPubKey, amountSats }) => ({
    value: BigInt(amountSats),
    script: requireBytes(scriptPubKey),
  }))
  const signed = requireBytes(auxiliary.fullySignedTx)
  const witnesses = readTransaction(new ByteReader(signed)).inputs.map(({ witness }) =>
    witness.map(bytesToHex).join(),
  )
  const hashes = inputSpending.map(({ given: input, intermediary, expected }): VectorCase => {
    const { txinIndex: inputIndex, hashType } = input
    const transaction = requireBytes(given.rawUnsignedTx)
    const { internalPubkey, tweak, sigMsg, sigHash } = intermediary
    requireEqual(`${id} input ${inputIndex}`, {
      tweak: [tweakOf(internalPubkey, input.merkleRoot), tweak],
      sigHash: [bytesToHex(taggedHash('TapSighash', requireBytes(sigMsg))), sigHash],
    })
    if (expected.witness.join() !== witnesses[inputIndex])
      throw new Error(`${id}: the witness of input ${inputIndex} is not that of the signed transaction`)
    return {
      id: `${id} signature hash of input ${inputIndex}`,
      run: (engine) =>
        compare(
          facetOf(engine, 'scripts').signatureHash({
            version: 'taproot',
            transaction,
            inputIndex,
            spentOutputs,
            hashType,
          }),
          sigHash,
        ),
    }
  })
  const scripts = spentOutputs.map(
    (_, inputIndex): VectorCase => ({
      id: `${id} scripts of input ${inputIndex}`,
      run: (engine) =>
        compare(
          facetOf(engine, 'scripts').verifyScript({
            transaction: signed,
            inputIndex,
            spentOutputs,
            flags: CORE_FLAGS,
          }),
          'OK',
        ),
    }),
  )
  return [...hashes, ...scripts]
}
