import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { encodeAll, int64, outpointFormat, sha256d, uint32, varBytes } from '../../encoding/index.ts'
import type { Sats, Transaction } from '../../vocabulary/index.ts'
import { isAnyoneCanPay, signedOutputs } from './hash-type.ts'
import { outputHash, outputsHash, prevoutsHash, sequencesHash } from './parts.ts'

const NOTHING = new Uint8Array(32)

/**
 * The hash that a version 0 witness signature commits to; it includes the value spent.
 * `hashType` is taken as 32 bits. [BIP143 §Specification]
 */
export function witnessV0SignatureHash(
  transaction: Transaction,
  inputIndex: number,
  scriptCode: Uint8Array,
  hashType: number,
  value: Sats,
): Uint8Array {
  const { outpoint, sequence } = transaction.inputs[inputIndex]!
  const outputs = signedOutputs(hashType)
  const isAlone = isAnyoneCanPay(hashType)
  return sha256d(
    concatBytes(
      encodeAll(uint32, transaction.version),
      isAlone ? NOTHING : sha256(prevoutsHash(transaction)),
      isAlone || outputs !== 'all' ? NOTHING : sha256(sequencesHash(transaction)),
      encodeAll(outpointFormat, outpoint),
      encodeAll(varBytes, scriptCode),
      encodeAll(int64, value),
      encodeAll(uint32, sequence),
      hashOfOutputs(),
      encodeAll(uint32, transaction.lockTime),
      encodeAll(uint32, hashType >>> 0),
    ),
  )

  function hashOfOutputs(): Uint8Array {
    if (outputs === 'all') return sha256(outputsHash(transaction))
    const own = transaction.outputs[inputIndex]
    return outputs === 'none' || own === undefined ? NOTHING : sha256(outputHash(own))
  }
}
