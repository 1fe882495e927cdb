import { compare, type VectorCase, type VectorFormat } from '../format.ts'
import { fromHex, toHex } from './bytes.ts'
import { creditAndSpend } from './credit-and-spend.ts'
import { CORE_FLAGS } from './flags.ts'

/** BIP341's wallet vectors: outputs from keys and trees, control blocks, signature hashes of a transaction and its signatures. */
export const bip341WalletFormat: VectorFormat = {
  name: 'BIP341 wallet',
  detects: ({ json }) => isWallet(json),
  cases: function* ({ json }) {
    const { scriptPubKey, keyPathSpending } = json as Wallet
    for (const [index, output] of scriptPubKey.entries()) yield* outputCases(output, `output ${index}`)
    for (const [index, spending] of keyPathSpending.entries())
      yield* spendingCases(spending, `spend ${index}`)
  },
}

interface Wallet {
  readonly scriptPubKey: readonly WalletOutput[]
  readonly keyPathSpending: readonly KeyPathSpending[]
}

interface WalletOutput {
  readonly given: { readonly internalPubkey: string; readonly scriptTree: Tree | null }
  readonly intermediary: { readonly merkleRoot: string | null }
  readonly expected: { readonly scriptPubKey: string; readonly scriptPathControlBlocks?: readonly string[] }
}

type Tree = { readonly id: number; readonly script: string; readonly leafVersion: number } | readonly Tree[]

interface KeyPathSpending {
  readonly given: {
    readonly rawUnsignedTx: string
    readonly utxosSpent: readonly { readonly scriptPubKey: string; readonly amountSats: number }[]
  }
  readonly inputSpending: readonly {
    readonly given: { readonly txinIndex: number; readonly hashType: number }
    readonly intermediary: { readonly sigHash: string }
  }[]
  readonly auxiliary: { readonly fullySignedTx: string }
}

function isWallet(json: unknown): json is Wallet {
  return typeof json === 'object' && json !== null && 'scriptPubKey' in json && 'keyPathSpending' in json
}

function* outputCases({ given, intermediary, expected }: WalletOutput, id: string): Generator<VectorCase> {
  const root = intermediary.merkleRoot
  yield {
    id,
    run: (engine) =>
      compare(
        toHex(
          engine.taprootOutputScript(
            fromHex(given.internalPubkey),
            root === null ? undefined : fromHex(root),
          ),
        ),
        expected.scriptPubKey,
      ),
  }
  const leaves = given.scriptTree === null ? [] : leavesOf(given.scriptTree)
  for (const { id: leafId, script } of leaves) {
    const witness = [new Uint8Array(), fromHex(script), fromHex(expected.scriptPathControlBlocks![leafId]!)]
    const spend = creditAndSpend(new Uint8Array(), fromHex(expected.scriptPubKey), witness)
    yield {
      id: `${id} leaf ${leafId}`,
      run: (engine) =>
        engine.verifyScript({ ...spend, flags: ['P2SH', 'WITNESS', 'TAPROOT'] }) ===
        'WITNESS_PROGRAM_MISMATCH'
          ? { fail: 'the control block does not prove the leaf' }
          : 'pass',
    }
  }
}

/** Leaves from left to right. */
function leavesOf(tree: Tree): Exclude<Tree, readonly Tree[]>[] {
  return Array.isArray(tree) ? tree.flatMap(leavesOf) : [tree as Exclude<Tree, readonly Tree[]>]
}

function* spendingCases(
  { given, inputSpending, auxiliary }: KeyPathSpending,
  id: string,
): Generator<VectorCase> {
  const spentOutputs = given.utxosSpent.map(({ scriptPubKey, amountSats }) => ({
    value: BigInt(amountSats),
    script: fromHex(scriptPubKey),
  }))
  for (const { given: input, intermediary } of inputSpending) {
    const { txinIndex: inputIndex, hashType } = input
    const transaction = fromHex(given.rawUnsignedTx)
    yield {
      id: `${id} signature hash of input ${inputIndex}`,
      run: (engine) =>
        compare(
          engine.signatureHash({ version: 'taproot', transaction, inputIndex, spentOutputs, hashType }),
          intermediary.sigHash,
        ),
    }
  }
  for (const inputIndex of spentOutputs.keys())
    yield {
      id: `${id} scripts of input ${inputIndex}`,
      run: (engine) =>
        compare(
          engine.verifyScript({
            transaction: fromHex(auxiliary.fullySignedTx),
            inputIndex,
            spentOutputs,
            flags: CORE_FLAGS,
          }),
          'OK',
        ),
    }
}
