import type { LibraryQuestion, SignatureHashRequest, SpentOutput } from '../../ports/index.ts'
import {
  writeBlockRequest,
  writeDecodeRequest,
  writeScriptRequest,
  writeSignatureHashRequest,
} from '../../ports/index.ts'
import type { CompiledBlock, CompiledScenario, CompiledTransaction } from '../../scenario/index.ts'
import { dataHash, displayHash, parseTransaction, type RawTransaction } from '../../wire/index.ts'
import type { LibraryCase } from './library-case.ts'

/** What consensus verifies scripts under today. */
const CONSENSUS = [
  'P2SH',
  'DERSIG',
  'CHECKLOCKTIMEVERIFY',
  'CHECKSEQUENCEVERIFY',
  'WITNESS',
  'NULLDUMMY',
  'TAPROOT',
]
/** Sets that Core's soft forks came by, each with all before it. */
const FLAG_SETS = [0, 1, 2, 3, 4, 6, 7].map((count) => CONSENSUS.slice(0, count))
/** Of four bytes, as legacy signature hashes have them; those that are defined first. */
const LEGACY_TYPES = [1, 2, 3, 0x81, 0x82, 0x83, 0, 4, 0x1f, 0xff, -1]
const TAPROOT_TYPES = [0, 1, 2, 3, 0x81, 0x82, 0x83]

/** Everything in a story that can be asked of a library, its chain left out. */
export function* casesOfStory({ items, chain }: CompiledScenario): Generator<LibraryCase, void> {
  const outputs = outputsIn(items.values())
  for (const item of items.values()) {
    if (item.kind === 'transaction') yield* transactionCases(item, outputs)
    else yield* blockCases(item, chain, outputs)
  }
}

type Outputs = ReadonlyMap<string, readonly SpentOutput[]>

function outputsIn(items: Iterable<CompiledBlock | CompiledTransaction>): Outputs {
  const outputs = new Map<string, readonly SpentOutput[]>()
  for (const item of items)
    for (const transaction of item.kind === 'block' ? [item.coinbase, ...item.transactions] : [item])
      outputs.set(transaction.hash, transaction.outputs)
  return outputs
}

/** The coins of a transaction's inputs; undefined where one of them is not known. */
function coinsOf(transaction: RawTransaction, outputs: Outputs): SpentOutput[] | undefined {
  const coins = transaction.inputs.map(({ txid, index }) => outputs.get(displayHash(txid))?.[index])
  return coins.every((coin) => coin !== undefined && coin.value >= 0n) ? (coins as SpentOutput[]) : undefined
}

function* transactionCases(item: CompiledTransaction, outputs: Outputs): Generator<LibraryCase, void> {
  const { name, bytes } = item
  const hex = Buffer.from(bytes).toString('hex')
  yield { id: `check ${name}`, question: { op: 'checkTransaction', transaction: hex } }
  yield* decodeCases('transaction', name, bytes)
  const transaction = parseTransaction(bytes)
  const coins = transaction === undefined ? undefined : coinsOf(transaction, outputs)
  if (coins === undefined) return
  for (const [inputIndex, { script }] of coins.entries()) {
    const request = { transaction: bytes, inputIndex, spentOutputs: coins }
    for (const flags of flagSetsFor(bytes))
      yield {
        id: `${name}:${inputIndex} under ${flags.length} flags`,
        question: writeScriptRequest({ ...request, flags }),
      }
    yield* hashCases(`${name}:${inputIndex}`, { transaction: bytes, inputIndex }, script, coins)
  }
}

/** All of today's flags, and one earlier set: always the same for the same transaction. */
function flagSetsFor(bytes: Uint8Array): readonly (readonly string[])[] {
  const drawn = Number.parseInt(dataHash(bytes).slice(-4), 16) % (FLAG_SETS.length - 1)
  return [CONSENSUS, FLAG_SETS[drawn]!]
}

function* hashCases(
  name: string,
  input: Pick<SignatureHashRequest, 'transaction' | 'inputIndex'>,
  scriptCode: Uint8Array,
  coins: readonly SpentOutput[],
): Generator<LibraryCase, void> {
  const { value } = coins[input.inputIndex]!
  const at = (version: string, hashType: number, request: SignatureHashRequest): LibraryCase => ({
    id: `${version} hash of ${name}, type ${hashType}`,
    question: writeSignatureHashRequest(request),
  })
  // Of a script whose last push lacks bytes no signature is ever of use.
  for (const hashType of isReadable(scriptCode) ? LEGACY_TYPES : []) {
    yield at('legacy', hashType, { ...input, version: 'legacy', hashType, scriptCode })
    if (hashType < 0) continue
    yield at('witness-v0', hashType, { ...input, version: 'witness-v0', hashType, scriptCode, value })
  }
  for (const hashType of TAPROOT_TYPES)
    yield at('taproot', hashType, { ...input, version: 'taproot', hashType, spentOutputs: coins })
}

/** Whether each push has all its bytes. [Core GetScriptOp] */
function isReadable(script: Uint8Array): boolean {
  const view = new DataView(script.buffer, script.byteOffset, script.length)
  let at = 0
  while (at < script.length) {
    const opcode = script[at++]!
    const lengthBytes = [0, 1, 2, 4][Math.max(0, opcode - 75)] ?? 0
    if (at + lengthBytes > script.length) return false
    const length =
      opcode <= 75
        ? opcode
        : lengthBytes === 1
          ? view.getUint8(at)
          : lengthBytes === 2
            ? view.getUint16(at, true)
            : lengthBytes === 4
              ? view.getUint32(at, true)
              : 0
    at += lengthBytes + length
  }
  return at === script.length
}

function* blockCases(
  { name, bytes, header, transactions }: CompiledBlock,
  chain: CompiledScenario['chain'],
  outputs: Outputs,
): Generator<LibraryCase, void> {
  yield* decodeCases('header', name, header)
  yield* decodeCases('block', name, bytes)
  const bare = { chain, block: bytes, flags: CONSENSUS }
  yield { id: `check ${name} without coins`, question: writeBlockRequest(bare) }
  const coins = transactions.map((transaction) => {
    const raw = parseTransaction(transaction.bytes)
    return raw === undefined ? undefined : coinsOf(raw, outputs)
  })
  if (coins.length === 0 || coins.includes(undefined)) return
  const spentOutputs = (coins as SpentOutput[][]).flat()
  yield { id: `check ${name} with its coins`, question: writeBlockRequest({ ...bare, spentOutputs }) }
}

/** The item, cut short by a byte, and with one more. */
function* decodeCases(
  kind: Extract<LibraryQuestion, { op: 'decode' }>['kind'],
  name: string,
  bytes: Uint8Array,
): Generator<LibraryCase, void> {
  const forms = [
    ['', bytes],
    [' cut short', bytes.subarray(0, -1)],
    [' with a byte more', Uint8Array.of(...bytes, 0)],
  ] as const
  for (const [form, content] of bytes.length > DECODED_MAX ? forms.slice(0, 1) : forms)
    yield { id: `decode ${kind} ${name}${form}`, question: writeDecodeRequest({ kind, bytes: content }) }
}

const DECODED_MAX = 20_000
