export {
  blockHash,
  decodeBlock,
  decodeBlockMessage,
  decodeHeader,
  decodeLeadingHeader,
  encodeBlock,
  encodeHeader,
} from './block.ts'
export type { Decoded, Format } from './format.ts'
export { decodeAll, encodeAll } from './format.ts'
export { bytesOfHash, hashFormat, sha256d } from './hashes.ts'
export { fromHex, toHex } from './hex.ts'
export { merkleTree, transactionTree, witnessRoot } from './merkle.ts'
export { compactSize, int32, int64, listOf, struct, uint8, uint32, varBytes } from './primitives.ts'
export {
  blockWeight,
  strippedBlockSize,
  strippedSize,
  transactionWeight,
  WITNESS_SCALE_FACTOR,
} from './size.ts'
export {
  decodeTransaction,
  encodeStripped,
  encodeTransaction,
  outpointFormat,
  outputFormat,
  txid,
  wtxid,
} from './transaction.ts'
export { workHash } from './work-hash.ts'
