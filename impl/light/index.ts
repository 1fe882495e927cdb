export { BASIC_FILTER, createBasicFilter, filterHash, filterHeader, filterMayMatch } from './block-filter.ts'
export { type FilterEntry, FilterIndex } from './filter-index.ts'
export { type Inclusion, provesInclusion } from './inclusion.ts'
export { LightNode } from './light-node.ts'
export {
  createMerkleProof,
  decodeMerkleProof,
  encodeMerkleProof,
  type MerkleProof,
  type ProvenLeaf,
  verifyMerkleProof,
} from './merkle-proof.ts'
export { SipHash } from './siphash.ts'
export type { LightEffect, LightEvent, LightSetup } from './types.ts'
