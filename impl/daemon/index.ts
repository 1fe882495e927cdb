export { type PeerAddress, peerAddresses, rpcAddresses } from './addresses.ts'
export { Authorisation, cookieLine } from './authorisation.ts'
export { type Ban, BanList } from './ban-list.ts'
export { adjustChain, type ChainChoice, chooseChain } from './chain-choice.ts'
export { parseCommandLine } from './command-line.ts'
export { type ConfigFile, joinConfigs, optionsFor, parseConfigFile } from './config-file.ts'
export { Connections } from './connections.ts'
export { formatEndpoint } from './endpoint.ts'
export { logJudged, logOf, logTip } from './event-log.ts'
export { HttpFront, type OpenPlaces } from './http.ts'
export { chosenCategories, faultOfLogLevel, Log, type LogRecorder } from './log.ts'
export type { Connection, ConnectionListener, Dial, HttpAnswer, HttpRequest, Machine } from './machine.ts'
export { type MetricPort, registerMetrics } from './metrics.ts'
export { NodeDriver } from './node-driver.ts'
export {
  assumeValidFrom,
  idleOptions,
  indexOptionsFrom,
  peerOptionsFrom,
  policyFrom,
  requestsMaxFrom,
  storeOptionsFrom,
  templateOptionsFrom,
  warningsFrom,
} from './node-options.ts'
export { OPTIONS } from './option-table.ts'
export { parseGrant } from './permissions.ts'
export { createRpcNode } from './rpc-node.ts'
export { type Given, Settings, SettingsError } from './settings.ts'
export { TipWatch } from './tip-watch.ts'
