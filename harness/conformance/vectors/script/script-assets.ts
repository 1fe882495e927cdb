import { z } from 'zod'
import { facetOf } from '../../../adapters/index.ts'
import type { ScriptRequest } from '../../../ports/index.ts'
import { ByteReader, readOutput, readTransaction, transactionBytes } from '../../../wire/index.ts'
import { hexText, requireBytes, requireShape } from '../content.ts'
import { compare, tableOf, type VectorFormat, type VectorVerdict } from '../format.ts'
import { addingEach, parseFlags, removingEach } from './flags.ts'

/** Core's script_assets_test.json: spends of taproot outputs with an input that succeeds and one that fails. */
export const scriptAssetsFormat: VectorFormat = {
  name: 'taproot script assets',
  detects: ({ json }) => Array.isArray(json) && json.some(isAsset),
  read: ({ json }) =>
    tableOf(
      json as readonly unknown[],
      (entry, index) => {
        const asset = requireShape(assetSchema, entry)
        if (asset.index >= asset.prevouts.length) throw new Error(`index: there is no input ${asset.index}`)
        parseFlags(asset.flags)
        return {
          id: `asset ${index}: ${asset.comment}`,
          run: (engine) => judge(asset, (request) => facetOf(engine, 'scripts').verifyScript(request)),
        }
      },
      { place: 'asset' },
    ),
}

const inputSchema = z.strictObject({ scriptSig: hexText, witness: z.array(hexText) })

const assetSchema = z
  .strictObject({
    tx: hexText,
    /** Serialized outputs, one per input. */
    prevouts: z.array(hexText).min(1),
    index: z.int().nonnegative(),
    flags: z.string(),
    comment: z.string(),
    success: inputSchema.optional(),
    failure: inputSchema.optional(),
    /** No further consensus rule can make the success fail. */
    final: z.boolean().optional(),
  })
  .refine(
    ({ success, failure }) => success !== undefined || failure !== undefined,
    'expected success or failure',
  )

type Asset = z.infer<typeof assetSchema>
type InputData = z.infer<typeof inputSchema>

const CONSENSUS_FLAGS = [
  'P2SH',
  'DERSIG',
  'NULLDUMMY',
  'CHECKLOCKTIMEVERIFY',
  'CHECKSEQUENCEVERIFY',
  'WITNESS',
  'TAPROOT',
]

function isAsset(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'prevouts' in value && 'tx' in value && 'index' in value
  )
}

/** The success holds under fewer flags too, and when final under more; the failure holds under more. [Core script_tests.cpp AssetTest] */
function judge(asset: Asset, verify: (request: ScriptRequest) => string): VectorVerdict {
  const flags = parseFlags(asset.flags)
  const more = addingEach(flags, CONSENSUS_FLAGS)
  if (asset.success !== undefined) {
    const flagSets = [flags, ...removingEach(flags), ...(asset.final ? more : [])]
    for (const error of outcomes(asset.success, flagSets)) if (error !== 'OK') return compare(error, 'OK')
  }
  if (asset.failure !== undefined) {
    for (const error of outcomes(asset.failure, [flags, ...more]))
      if (error === 'OK') return { fail: 'expected a failure, got OK' }
  }
  return 'pass'

  function outcomes(data: InputData, flagSets: readonly (readonly string[])[]): string[] {
    const request = requestWith(asset, data)
    return flagSets.map((set) => verify({ ...request, flags: set }))
  }
}

function requestWith(
  { tx, index, prevouts }: Asset,
  { scriptSig, witness }: InputData,
): Omit<ScriptRequest, 'flags'> {
  const raw = readTransaction(new ByteReader(requireBytes(tx)))
  const inputs = raw.inputs.map((input, at) =>
    at === index
      ? { ...input, scriptSig: requireBytes(scriptSig), witness: witness.map(requireBytes) }
      : input,
  )
  return {
    transaction: transactionBytes({ ...raw, inputs }),
    inputIndex: index,
    spentOutputs: prevouts.map((output) => readOutput(new ByteReader(requireBytes(output)))),
  }
}
