export {
  decodeAddress,
  decodeBase58,
  decodePrivateKey,
  encodeAddress,
  encodeBase58,
  encodePrivateKey,
} from './address-encoding/index.ts'
export { builtInChain, type ChainParameters, parseChainFile } from './chains/index.ts'
export { Chainstate, importBlocks } from './chainstate/index.ts'
export { createBasicFilter, filterHash, filterHeader, SipHash } from './filters/index.ts'
export {
  type Inclusion,
  type LightEffect,
  type LightEvent,
  LightNode,
  type LightSetup,
  provesInclusion,
} from './light/index.ts'
export { CONSENSUS_POLICY } from './mempool/index.ts'
export { assembleBlock, grindNonce } from './mining/index.ts'
export { createNode, type Node, type NodeEvent } from './node/index.ts'
export {
  chooseCrypto,
  collectGarbageAlone,
  DiskFiles,
  LmdbStore,
  MemoryFiles,
  MemoryOrderedStore,
  openBlockFolder,
  ThreadedChecks,
} from './platform/index.ts'
export {
  type Crypto,
  flagsFromNames,
  InPlaceChecks,
  isStrictDer,
  type ScriptChecks,
  SignatureCache,
  scriptErrorName,
  signatureHashLegacy,
  signatureHashTaproot,
  signatureHashWitnessV0,
  TxDigests,
  taprootOutputScript,
  verifyInput,
} from './script-engine/index.ts'
export type { Files, OrderedStore, ReadableFiles, StoreOperation } from './storage/index.ts'
export {
  type ChainLink,
  checkAsChild,
  checkContextFreeBlock,
  checkTransaction,
  decodeBlock,
  decodeHeader,
  decodeTransaction,
  isRejection,
} from './validation/index.ts'
export {
  ByteReader,
  decodeMerkleProof,
  encodeHeader,
  parseBlock,
  type TxOutput,
  verifyMerkleProof,
} from './wire/index.ts'
