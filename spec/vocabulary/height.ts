import type { Brand } from './brand.ts'

/** How many blocks lie below a block: genesis has height 0. */
export type Height = Brand<number, 'Height'>

/** Names a raw number a height; throws RangeError when it is not a whole number from 0 on. */
export function height(value: number): Height {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a height: ${value}`)
  return value as Height
}
