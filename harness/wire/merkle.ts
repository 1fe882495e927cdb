import { concatBytes, doubleSha256 } from './bytes.ts'

/** Root over ids in serialized order; the last of an odd level is paired with itself. [Core consensus/merkle.cpp] */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  let level = leaves
  while (level.length > 1) {
    const parents: Uint8Array[] = []
    for (let index = 0; index < level.length; index += 2) {
      const left = level[index]!
      parents.push(doubleSha256(concatBytes(left, level[index + 1] ?? left)))
    }
    level = parents
  }
  return level[0] ?? new Uint8Array(32)
}
