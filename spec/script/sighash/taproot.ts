import { concatBytes } from '@noble/hashes/utils.js'
import { encodeAll, int64, outpointFormat, uint8, uint32, varBytes } from '../../encoding/index.ts'
import type { Output, Transaction } from '../../vocabulary/index.ts'
import { taggedHash } from '../tagged-hash.ts'
import {
  outputHash,
  outputsHash,
  prevoutsHash,
  sequencesHash,
  spentAmountsHash,
  spentScriptsHash,
} from './parts.ts'

/** What a taproot signature is asked to commit to. */
export interface TaprootSignatureHashRequest {
  readonly transaction: Transaction
  readonly inputIndex: number
  readonly spentOutputs: readonly Output[]
  /** 0 to 3, or 81 to 83 hex. */
  readonly hashType: number
  readonly annexHash?: Uint8Array | undefined
  /** Present when a script of the tree signs rather than the output's key. [BIP342 §Common signature message extension] */
  readonly tapscript?: {
    readonly leafHash: Uint8Array
    readonly codeSeparatorPosition: number
    /** 0 for keys of 32 bytes. */
    readonly keyVersion: number
  }
}

/** The hash that a taproot signature commits to; nothing when the hash type is undefined or names an output that is not there. [BIP341 §Common signature message] */
export function taprootSignatureHash(request: TaprootSignatureHashRequest): Uint8Array | undefined {
  const { transaction, inputIndex, spentOutputs, hashType, annexHash, tapscript } = request
  const outputs = OUTPUTS.get(hashType & ~0x80)
  if (outputs === undefined || hashType === 0x80) return undefined
  const own = transaction.outputs[inputIndex]
  if (outputs === 'single' && own === undefined) return undefined
  const isAlone = (hashType & 0x80) !== 0
  return taggedHash(
    'TapSighash',
    Uint8Array.of(EPOCH, hashType),
    encodeAll(uint32, transaction.version),
    encodeAll(uint32, transaction.lockTime),
    isAlone ? NOTHING : hashesOfInputs(),
    outputs === 'all' ? outputsHash(transaction) : NOTHING,
    Uint8Array.of((tapscript === undefined ? 0 : 2) + (annexHash === undefined ? 0 : 1)),
    isAlone ? ownInput() : encodeAll(uint32, inputIndex),
    annexHash ?? NOTHING,
    outputs === 'single' ? outputHash(own!) : NOTHING,
    tapscript === undefined ? NOTHING : scriptExtension(tapscript),
  )

  function hashesOfInputs(): Uint8Array {
    return concatBytes(
      prevoutsHash(transaction),
      spentAmountsHash(spentOutputs),
      spentScriptsHash(spentOutputs),
      sequencesHash(transaction),
    )
  }

  function ownInput(): Uint8Array {
    const { outpoint, sequence } = transaction.inputs[inputIndex]!
    const { value, script } = spentOutputs[inputIndex]!
    return concatBytes(
      encodeAll(outpointFormat, outpoint),
      encodeAll(int64, value),
      encodeAll(varBytes, script),
      encodeAll(uint32, sequence),
    )
  }
}

const EPOCH = 0
const NOTHING = new Uint8Array()
const OUTPUTS: ReadonlyMap<number, 'all' | 'none' | 'single'> = new Map([
  [0, 'all'], // SIGHASH_DEFAULT
  [1, 'all'],
  [2, 'none'],
  [3, 'single'],
])

function scriptExtension(tapscript: NonNullable<TaprootSignatureHashRequest['tapscript']>): Uint8Array {
  return concatBytes(
    tapscript.leafHash,
    encodeAll(uint8, tapscript.keyVersion),
    encodeAll(uint32, tapscript.codeSeparatorPosition),
  )
}
