import type { BlockTemplate, TemplateOptions } from '../mining/index.ts'
import {
  METHODS,
  openRpcOf,
  overviewOf,
  type RpcNode,
  type RpcOperations,
  type Signer,
  usageOf,
} from '../rpc/index.ts'
import type { Connections } from './connections.ts'
import type { Log } from './log.ts'
import type { Machine } from './machine.ts'
import type { NodeDriver } from './node-driver.ts'
import type { TipWatch } from './tip-watch.ts'

const VERSION_NUMBER = '0.1.0'

/** What the RPC methods get to see and do. */
export function createRpcNode(parts: {
  readonly driver: NodeDriver
  readonly connections: Connections
  readonly operations: RpcOperations
  readonly templateOptions: TemplateOptions
  readonly signer: Signer
  readonly log: Log
  readonly tips: TipWatch
  readonly machine: Pick<Machine, 'clock'>
}): RpcNode {
  const { driver, connections, operations, templateOptions, signer, log, tips, machine } = parts
  const began = machine.clock()
  let last: BlockTemplate | undefined
  return {
    view: driver.view,
    now: driver.now,
    submit: (kind, bytes) => driver.submit(kind, bytes),
    override: (kind, hash) => {
      driver.settle()
      driver.step({ kind, hash })
      driver.settle()
    },
    noteTemplate: (template) => {
      last = template
    },
    lastTemplate: () => last,
    announce: (key) => {
      driver.view.network.announce(key, driver.now())
      driver.step({ kind: 'wake' })
    },
    pingAll: () => {
      driver.view.network.pingAll(driver.now())
      driver.step({ kind: 'wake' })
    },
    restorePool: (bytes) => {
      driver.settle()
      driver.step({ kind: 'restorePool', bytes })
    },
    tipUntil: (isReached, timeoutMs) => tips.until(isReached, timeoutMs),
    isStopping: () => tips.isOver,
    explain,
    discover: () => openRpcOf(METHODS.values(), VERSION_NUMBER),
    sinceStartMs: () => machine.clock() - began,
    activeCalls: new Set(),
    log: (category, message) => log.debug(category, message),
    templateOptions,
    signer,
    connections,
    operations,
  }
}

function explain(name: string | undefined): string {
  if (name === undefined || name === '') return overviewOf(METHODS.values())
  const method = METHODS.get(name)
  return method === undefined ? `help: unknown command: ${name}\n` : usageOf(method)
}
