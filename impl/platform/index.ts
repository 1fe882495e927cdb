export * from './crypto/index.ts'
export { MemoryFiles, MemoryOrderedStore } from './memory-stores.ts'
