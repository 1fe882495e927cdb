export { BASIC_FILTER, createBasicFilter, filterHash, filterHeader, filterMayMatch } from './block-filter.ts'
export { FilterIndex } from './filter-index.ts'
export { encodeGolombSet } from './golomb-set.ts'
export { SipHash } from './siphash.ts'
