export { RecordFiles, type RecordPosition } from './block-files.ts'
export type { Files, OrderedStore, StoreOperation } from './ports.ts'
