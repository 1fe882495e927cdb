export {
  Block,
  BlockHeader,
  encodeBlock,
  encodeHeader,
  HEADER_BYTES,
  parseBlock,
  parseHeader,
} from './block.ts'
export { ByteReader, DecodeError } from './byte-reader.ts'
export { ByteWriter, compactSizeLength } from './byte-writer.ts'
export {
  bytesKey,
  bytesToHex,
  compareBytes,
  concatBytes,
  EMPTY_BYTES,
  equalBytes,
  hashFromHex,
  hashKey,
  hashOfKey,
  hashToHex,
  hexToBytes,
} from './bytes.ts'
export type { Hasher } from './hasher.ts'
export {
  createMerkleProof,
  decodeMerkleProof,
  encodeMerkleProof,
  type MerkleProof,
  verifyMerkleProof,
} from './merkle-proof.ts'
export {
  type CompactBlock,
  decodeBlockTransactions,
  decodeCompactBlock,
  decodeGetBlockTransactions,
  encodeBlockTransactions,
  encodeCompactBlock,
  encodeGetBlockTransactions,
} from './messages/compact-block.ts'
export {
  CHECKPOINT_INTERVAL,
  decodeFilter,
  decodeFilterCheckpoints,
  decodeFilterHeaders,
  decodeFilterRange,
  encodeCheckpointRequest,
  encodeFilter,
  encodeFilterCheckpoints,
  encodeFilterHeaders,
  encodeFilterRange,
  FILTER_HEADERS_MAX,
  FILTERS_MAX,
  type FilterRange,
} from './messages/filters.ts'
export { encodeFrame, FRAME_HEADER_BYTES, type Frame, FrameReader } from './messages/frame.ts'
export {
  decodeHeaderCount,
  decodeHeaders,
  decodeLocator,
  encodeHeaders,
  encodeLocator,
  HEADERS_MAX,
  LOCATOR_MAX,
} from './messages/headers.ts'
export {
  decodeInventory,
  encodeInventory,
  INV_BLOCK,
  INV_COMPACT_BLOCK,
  INV_TX,
  INV_WITNESS_BLOCK,
  INV_WITNESS_TX,
  INV_WTX,
  INVENTORY_MAX,
  type InventoryItem,
} from './messages/inventory.ts'
export {
  COMPACT_BLOCKS_VERSION,
  FEE_FILTER_VERSION,
  PING_NONCE_VERSION,
  PROTOCOL_VERSION,
  PROTOCOL_VERSION_MIN,
  SEND_HEADERS_VERSION,
  SERVICE_COMPACT_FILTERS,
  SERVICE_NETWORK,
  SERVICE_NETWORK_LIMITED,
  SERVICE_WITNESS,
  WTXID_RELAY_VERSION,
} from './messages/protocol.ts'
export { decodeVersion, encodeVersion, type VersionMessage } from './messages/version.ts'
export {
  encodeTransaction,
  parseTransaction,
  Transaction,
  type TransactionParts,
  TxInput,
  type TxOutput,
} from './transaction.ts'
