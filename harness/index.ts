export { type ChainFile, chainFileSchema } from './ports/chain-file.ts'
export type * from './ports/engine.ts'
export type * from './ports/verdict.ts'
