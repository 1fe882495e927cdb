export { BUILT_IN_CHAINS, type BuiltInChain, builtInChain } from './built-in.ts'
export { parseChainFile } from './chain-file.ts'
export { ChainFileError } from './chain-file-field.ts'
export * from './parameters.ts'
