import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import type { Format } from '../../encoding/index.ts'
import { encodeAll, int64, outpointFormat, outputFormat, uint32, varBytes } from '../../encoding/index.ts'
import type { Output, Transaction } from '../../vocabulary/index.ts'

/** Hashes that every input of a transaction signs, computed once: signing stays linear in its size. [BIP143 §Motivation] */
export const prevoutsHash = remembered(({ inputs }: Transaction) =>
  hashAll(
    outpointFormat,
    inputs.map((input) => input.outpoint),
  ),
)
export const sequencesHash = remembered(({ inputs }: Transaction) =>
  hashAll(
    uint32,
    inputs.map((input) => input.sequence),
  ),
)
export const outputsHash = remembered(({ outputs }: Transaction) => hashAll(outputFormat, outputs))
export const spentAmountsHash = remembered((outputs: readonly Output[]) =>
  hashAll(
    int64,
    outputs.map((output) => output.value),
  ),
)
export const spentScriptsHash = remembered((outputs: readonly Output[]) =>
  hashAll(
    varBytes,
    outputs.map((output) => output.script),
  ),
)

/** SHA-256 of one output. */
export function outputHash(output: Output): Uint8Array {
  return hashAll(outputFormat, [output])
}

function hashAll<Value>(format: Format<Value>, values: readonly Value[]): Uint8Array {
  return sha256(concatBytes(...values.map((value) => encodeAll(format, value))))
}

function remembered<Subject extends object>(
  hash: (subject: Subject) => Uint8Array,
): (subject: Subject) => Uint8Array {
  const known = new WeakMap<Subject, Uint8Array>()
  return (subject) => {
    const before = known.get(subject) ?? hash(subject)
    known.set(subject, before)
    return before
  }
}
