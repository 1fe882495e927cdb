export { type FoundRecord, RecordFiles, type RecordPosition } from './block-files.ts'
export { ChecksummedStore, clearStore } from './checksummed-store.ts'
export type { Files, OrderedStore, StoreOperation } from './ports.ts'
export { StoreError } from './store-error.ts'
