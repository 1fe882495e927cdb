export { BASIC_FILTER, createBasicFilter, filterHash, filterHeader, filterMayMatch } from '../filters/block-filter.ts'
export { type FilterEntry, FilterIndex } from '../filters/filter-index.ts'
export { type Inclusion, provesInclusion } from './inclusion.ts'
export { LightNode } from './light-node.ts'
export {
  createMerkleProof,
  decodeMerkleProof,
  encodeMerkleProof,
  type MerkleProof,
  type ProvenLeaf,
  verifyMerkleProof,
} from '../wire/merkle-proof.ts'
export { SipHash } from '../filters/siphash.ts'
export type { LightEffect, LightEvent, LightSetup } from './types.ts'
