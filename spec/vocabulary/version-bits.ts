const VERSION_TOP_BITS = 0x20000000
const VERSION_TOP_MASK = 0xe0000000 | 0

/** Whether a block's version speaks of version bits at all, and sets this one. [BIP9 §Specification] */
export function signals(version: number, bit: number): boolean {
  return (version & VERSION_TOP_MASK) === VERSION_TOP_BITS && ((version >>> bit) & 1) === 1
}
