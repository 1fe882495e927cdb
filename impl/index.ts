export * from './chains/index.ts'
export type { Files, OrderedStore, StoreOperation } from './storage/ports.ts'
export * from './wire/index.ts'
