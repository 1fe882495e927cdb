/** Signature hash types. [Core script/interpreter.h SIGHASH_*] */
export const HASH_TYPE = { DEFAULT: 0, ALL: 1, NONE: 2, SINGLE: 3, ANYONECANPAY: 0x80 } as const

/** Bits that distinguish NONE and SINGLE from all else, before taproot. */
export const OUTPUTS_MASK = 0x1f
