export { builtInChain } from './built-in.ts'
export { parseChainFile } from './chain-file.ts'

export type {
  AddressPrefixes,
  ChainLimits,
  ChainParameters,
  Deployment,
  DeploymentName,
} from './parameters.ts'
export { unspecifiedRules } from './unspecified-rules.ts'
