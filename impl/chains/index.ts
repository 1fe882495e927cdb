export { BUILT_IN_CHAINS, type BuiltInChain, builtInChain } from './built-in.ts'
export { ChainFileError, parseChainFile } from './chain-file.ts'
export * from './parameters.ts'
