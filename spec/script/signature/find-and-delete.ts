import { concatBytes } from '@noble/hashes/utils.js'
import { readInstruction } from '../instruction.ts'

/**
 * Cuts out every occurrence of some bytes that begins where an instruction begins: a signature cannot sign itself.
 * What remains is not parsed again. [Core FindAndDelete]
 */
export function findAndDelete(
  script: Uint8Array,
  pattern: Uint8Array,
): { readonly script: Uint8Array; readonly isFound: boolean } {
  const kept: Uint8Array[] = []
  let isFound = false
  let offset = 0
  for (;;) {
    while (beginsWith(script, pattern, offset)) {
      offset += pattern.length
      isFound = true
    }
    const instruction = readInstruction(script, offset)
    if (instruction === undefined) break
    kept.push(script.subarray(offset, instruction.nextOffset))
    offset = instruction.nextOffset
  }
  kept.push(script.subarray(offset))
  return { script: isFound ? concatBytes(...kept) : script, isFound }
}

function beginsWith(script: Uint8Array, pattern: Uint8Array, offset: number): boolean {
  if (pattern.length === 0 || script.length - offset < pattern.length) return false
  return pattern.every((byte, at) => byte === script[offset + at])
}
