import { isHexBytes } from './hex.ts'
import type {
  DecodeRequest,
  ScriptRequest,
  SignatureHashRequest,
  SingleBlockRequest,
  SpentOutput,
} from './library.ts'
import type { ChainReference } from './references.ts'
import type { Question } from './stdio-protocol.ts'

/** Requests to a library as lines of the protocol, and back. */
export type LibraryQuestion = Extract<
  Question,
  { op: 'verifyScript' | 'signatureHash' | 'checkTransaction' | 'checkBlock' | 'decode' }
>

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytesOf = (hex: string) => {
  if (!isHexBytes(hex)) throw new Error('expected lower-case hex')
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}

const writeOutputs = (outputs: readonly SpentOutput[]) =>
  outputs.map(({ value, script }) => ({ value: value.toString(), script: hexOf(script) }))
const readOutputs = (outputs: readonly { value: string; script: string }[]): SpentOutput[] =>
  outputs.map(({ value, script }) => ({ value: BigInt(value), script: bytesOf(script) }))

export function writeScriptRequest({ transaction, inputIndex, spentOutputs, flags }: ScriptRequest) {
  return {
    op: 'verifyScript',
    transaction: hexOf(transaction),
    input: inputIndex,
    spentOutputs: writeOutputs(spentOutputs),
    flags: [...flags],
  } as const satisfies LibraryQuestion
}

export function readScriptRequest(question: Extract<LibraryQuestion, { op: 'verifyScript' }>): ScriptRequest {
  const { transaction, input, spentOutputs, flags } = question
  return {
    transaction: bytesOf(transaction),
    inputIndex: input,
    spentOutputs: readOutputs(spentOutputs),
    flags,
  }
}

export function writeSignatureHashRequest(request: SignatureHashRequest) {
  const { version, transaction, inputIndex, hashType } = request
  return {
    op: 'signatureHash',
    version,
    transaction: hexOf(transaction),
    input: inputIndex,
    // A legacy hash type has four bytes, whatever its sign.
    hashType: hashType >>> 0,
    ...('scriptCode' in request ? { scriptCode: hexOf(request.scriptCode) } : {}),
    ...('value' in request ? { value: request.value.toString() } : {}),
    ...('spentOutputs' in request ? { spentOutputs: writeOutputs(request.spentOutputs) } : {}),
  } as const satisfies LibraryQuestion
}

/** @throws Error in one line where the version wants a field that is not there */
export function readSignatureHashRequest(
  question: Extract<LibraryQuestion, { op: 'signatureHash' }>,
): SignatureHashRequest {
  const { version, transaction, input, hashType, scriptCode, value, spentOutputs } = question
  const common = { transaction: bytesOf(transaction), inputIndex: input }
  if (version === 'taproot')
    return { ...common, version, hashType, spentOutputs: readOutputs(present(spentOutputs, 'spentOutputs')) }
  const script = bytesOf(present(scriptCode, 'scriptCode'))
  if (version === 'legacy') return { ...common, version, hashType: hashType | 0, scriptCode: script }
  return { ...common, version, hashType, scriptCode: script, value: BigInt(present(value, 'value')) }
}

export function writeBlockRequest({ chain, block, spentOutputs, flags }: SingleBlockRequest) {
  return {
    op: 'checkBlock',
    chain: chain as Extract<LibraryQuestion, { op: 'checkBlock' }>['chain'],
    block: hexOf(block),
    ...(spentOutputs === undefined ? {} : { spentOutputs: writeOutputs(spentOutputs) }),
    flags: [...flags],
  } as const satisfies LibraryQuestion
}

export function readBlockRequest(
  question: Extract<LibraryQuestion, { op: 'checkBlock' }>,
): SingleBlockRequest {
  const { chain, block, spentOutputs, flags } = question
  return {
    chain: chain as ChainReference,
    block: bytesOf(block),
    ...(spentOutputs === undefined ? {} : { spentOutputs: readOutputs(spentOutputs) }),
    flags,
  }
}

export function writeDecodeRequest({ kind, bytes }: DecodeRequest) {
  return { op: 'decode', kind, bytes: hexOf(bytes) } as const satisfies LibraryQuestion
}

function present<Value>(value: Value | undefined, field: string): Value {
  if (value === undefined) throw new Error(`${field}: expected it with this version`)
  return value
}
