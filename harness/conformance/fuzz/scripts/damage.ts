import type { ScriptCase } from './script-case.ts'

/** What an input shows, and the output that it spends. */
export interface Shown {
  readonly output: Uint8Array
  readonly scriptSig: Uint8Array
  readonly witness: readonly Uint8Array[]
}

/** Bits changed in the concatenation of all that is shown. */
export function damaged(shown: Shown, damage: ScriptCase['damage']): Shown {
  const parts = [shown.scriptSig, ...shown.witness].map((part) => Uint8Array.from(part))
  for (const { at, bit } of damage) {
    let left =
      at %
      Math.max(
        1,
        parts.reduce((total, part) => total + part.length, 0),
      )
    for (const part of parts) {
      if (left < part.length) {
        part[left]! ^= 1 << bit
        break
      }
      left -= part.length
    }
  }
  return { output: shown.output, scriptSig: parts[0]!, witness: parts.slice(1) }
}
