export { type BlockTransaction, proofOfWorkOf, type RawBlock, readBlock } from './block.ts'
export {
  bytesToHex,
  compactSize,
  concatBytes,
  counted,
  countedList,
  dataHash,
  displayHash,
  doubleSha256,
  hashBytes,
  hexToBytes,
  littleEndian,
  taggedHash,
  toBigInt,
  uint32,
} from './bytes.ts'
export { digestOfCoins, type RawCoin } from './coins.ts'
export {
  decodeMessages,
  encodeMessage,
  MESSAGE_HEADER_BYTES,
  MessageStream,
  peekMessage,
  type WireMessage,
} from './frame.ts'
export {
  blockHash,
  expandBits,
  HEADER_BYTES,
  HEADER_OFFSETS,
  headerField,
  meetsTarget,
  type ProofOfWork,
  parentHash,
  workOfBits,
} from './header.ts'
export { merkleRoot } from './merkle.ts'
export {
  hashesIn,
  headersPayload,
  INVENTORY,
  inventoryPayload,
  locatorPayload,
  versionPayload,
} from './messages.ts'
export { ByteReader, readWhole } from './reader.ts'
export {
  hasWitness,
  outpointBytes,
  outputBytes,
  parseTransaction,
  type RawInput,
  type RawOutput,
  type RawTransaction,
  readOutput,
  readTransaction,
  strippedBytes,
  transactionBytes,
  transactionId,
} from './transaction.ts'
