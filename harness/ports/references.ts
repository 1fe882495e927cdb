import type { ChainFile } from './chain-file.ts'

/** Lower-case hex of raw bytes, in the order in which they are serialized. */
export type Hex = string

/** A block hash or transaction id as people write it: hex, byte order reversed. */
export type HashHex = string

/** A built-in chain by name (`bitcoin`, `testnet4`, `signet`, `regtest`, `litecoin`, `tiny`, …) or one founded from data. */
export type ChainReference = string | ChainFile
