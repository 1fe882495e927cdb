export {
  bytesToHex,
  compactSize,
  concatBytes,
  counted,
  countedList,
  displayHash,
  doubleSha256,
  hashBytes,
  hexToBytes,
  littleEndian,
  toBigInt,
  uint32,
} from './bytes.ts'
export { merkleRoot } from './merkle.ts'
export {
  dataHash,
  decodeMessages,
  encodeMessage,
  hashesIn,
  headersPayload,
  INVENTORY,
  inventoryPayload,
  MESSAGE_HEADER_BYTES,
  peekMessage,
  versionPayload,
} from './p2p.ts'
export {
  hasWitness,
  outpointBytes,
  outputBytes,
  parseTransaction,
  type RawInput,
  type RawOutput,
  type RawTransaction,
  strippedBytes,
  transactionBytes,
  transactionId,
} from './transaction.ts'
