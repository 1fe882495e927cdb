import { z } from 'zod'

/** Whether a text is bytes in lower-case hex. No expression over pairs: that one fails on four megabytes. */
export function isHexBytes(text: string): boolean {
  return text.length % 2 === 0 && !/[^0-9a-f]/.test(text)
}

/** For JSON Schema, which does not say that the digits come in pairs; a further limit on a schema forgets it. */
export const HEX_PATTERN = { pattern: '^[0-9a-f]*$' }

/** Bytes as lower-case hex, of any length. */
export const hexBytes = z
  .string()
  .refine(isHexBytes, 'expected lower-case hex, two digits a byte')
  .meta(HEX_PATTERN)
