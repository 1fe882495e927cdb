import { constrain } from '../constraints.ts'
import type { Machine } from '../machine.ts'
import { decodeNumber } from '../number.ts'

/** Takes the top item as a number. */
export function popNumber({ stack, context }: Machine): number {
  return readNumber(stack.pop(), context)
}

/** Reads an item as a number of at most `bytesMax` bytes, by default 4. [Core CScriptNum] */
export function readNumber(item: Uint8Array, context: Machine['context'], bytesMax?: number): number {
  const value = decodeNumber(item, bytesMax)
  constrain('number', item, context)
  return value
}
