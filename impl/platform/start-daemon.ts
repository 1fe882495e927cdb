import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { protectStore, requestRebuild } from '../chainstate/index.ts'
import {
  adjustChain,
  assumeValidFrom,
  BanList,
  Connections,
  createRpcNode,
  HttpFront,
  idleOptions,
  indexOptionsFrom,
  logJudged,
  logOf,
  logTip,
  NodeDriver,
  parseGrant,
  peerOptionsFrom,
  policyFrom,
  registerMetrics,
  requestsMaxFrom,
  type Settings,
  SettingsError,
  storeOptionsFrom,
  TipWatch,
  templateOptionsFrom,
  warningsFrom,
} from '../daemon/index.ts'
import { createNode } from '../node/index.ts'
import { Dispatcher, METHODS } from '../rpc/index.ts'
import { readBans, writeBans } from './ban-file.ts'
import { chainDirectories } from './chain-directories.ts'
import { runCommand } from './commands.ts'
import { chooseCrypto, signer } from './crypto/index.ts'
import { lockDirectory } from './directory-lock.ts'
import { DiskFiles } from './disk-files.ts'
import { listenForPeers, listenForRpc } from './listen-all.ts'
import { LmdbStore } from './lmdb-store.ts'
import { loadBlocks } from './load-blocks.ts'
import { loadChain } from './load-chain.ts'
import { entropy, machine } from './machine.ts'
import { openLog } from './open-log.ts'
import { openPlaces } from './open-places.ts'
import { loadPool, savePool } from './pool-file.ts'
import { Prometheus } from './prometheus.ts'
import { openRpc } from './rpc-secret.ts'
import { ThreadedChecks } from './script-checks/index.ts'
import { dialTcp } from './tcp.ts'

/** [Core MAX_FUTURE_BLOCK_TIME] */
const FUTURE_SECONDS_MAX = 7200
const DAY_SECONDS = 86_400
/** Nodes that are to be kept connected are dialled so often while they are not. */
const KEEP_MS = 10_000

/** Starts a daemon; resolves to what ends it, which calls `ended` with the exit code. Throws SettingsError and StoreError. */
export async function startDaemon(
  settings: Settings,
  ended: (code: number) => void,
): Promise<() => Promise<void>> {
  const { crypto, ...backend } = chooseCrypto()
  const { choice, chain: plain } = loadChain(settings, crypto)
  const chain = adjustChain(plain, settings)
  const { directory, blocks } = chainDirectories(settings, choice.folder)
  const unlock = lockDirectory(directory)
  const files = new DiskFiles(blocks)
  const log = openLog(settings, directory)
  log.info(`Touchstone daemon version v0.1.0, crypto: ${backend.describe()}`, { event: 'start' })
  const warnings = warningsFrom(settings)
  for (const message of [...warnings, ...idleOptions(settings)]) log.warning(message, { event: 'option' })
  const store = new LmdbStore(path.join(directory, 'chainstate'))
  if (settings.flag('reindex')) store.clear()
  if (settings.flag('reindex-chainstate')) requestRebuild(protectStore(store))
  const checks = new ThreadedChecks({ workers: threadsFrom(settings) - 1, backend: { crypto, ...backend } })
  const isTestChain = choice.name !== 'main' && choice.name !== 'signet'
  const node = createNode({
    files,
    store,
    crypto,
    checks,
    chain,
    assumeValid: assumeValidFrom(settings),
    entropy,
    policy: policyFrom(settings, isTestChain),
    peers: peerOptionsFrom(settings),
    indexes: indexOptionsFrom(settings),
    ...storeOptionsFrom(settings),
  })
  const tips = new TipWatch(machine)
  const stopAt = settings.integer('stopatheight') || Number.POSITIVE_INFINITY
  let connections: Connections
  let meters: ReturnType<typeof registerMetrics> | undefined
  const driver = new NodeDriver(node, machine, {
    send: (peer, bytes) => connections.send(peer, bytes),
    disconnect: (peer, reason) => {
      log.debug('net', `${reason}, disconnecting peer=${peer}`, { event: 'peer-disconnected', peer, reason })
      connections.close(peer)
    },
    judged: (effect) => logJudged(log, effect),
    tip: (effect) => {
      logTip(log, effect, node.view.chain.tip.time)
      tips.moved()
      runCommand(settings.text('blocknotify'), effect.hash)
      if (effect.height >= stopAt) machine.soon(() => void stop())
    },
    log: (effect) => logOf(log, effect),
    stepped: (seconds, hasMovedTip) => {
      connections.stepped()
      meters?.stepped(seconds)
      if (hasMovedTip) meters?.connected(seconds)
    },
  })
  const banFile = path.join(directory, 'banlist.json')
  const bans = new BanList(
    readBans(banFile, () => log.info('Recreating the banlist database')),
    settings.integer('bantime') ?? DAY_SECONDS,
    () => Math.floor(driver.now() / 1000),
    (list) => writeBans(banFile, list),
  )
  connections = new Connections(driver, {
    bans,
    dial: dialTcp,
    dialTimeoutMs: settings.integer('timeout') ?? 5000,
    defaultPort: chain.port,
    sendBytesMax: (settings.integer('maxsendbuffer') ?? 1000) * 1000,
    inboundMax: Math.max(0, (settings.integer('maxconnections') ?? 125) - 11),
    whitelist: settings.list('whitelist').map(parseGrant),
    isActive: settings.flag('networkactive', true),
    log: (message, event) => log.debug('net', message, event),
  })
  driver.setMockTime(settings.integer('mocktime') ?? 0)
  refuseFuture(node.view.chain.tip.time, driver.now())
  driver.step({ kind: 'start' })
  driver.settle()
  for (const place of settings.list('loadblock')) loadBlocks(place, driver, log)
  const poolFile = path.join(directory, 'mempool.dat')
  const keepsPool = settings.flag('persistmempool', true)
  if (keepsPool) loadPool(poolFile, driver)

  const closers: (() => unknown)[] = []
  const diskUsage = () => files.list().reduce((bytes, name) => bytes + files.size(name), 0)
  const { authorisation, forget } = openRpc(settings, directory, log)
  const rpcNode = createRpcNode({
    driver,
    connections,
    log,
    tips,
    signer,
    machine,
    templateOptions: templateOptionsFrom(settings, chain),
    operations: {
      stop: () => machine.soon(() => void stop()),
      setMockTime: (seconds) => driver.setMockTime(seconds),
      advance: (seconds) => driver.advance(seconds * 1000),
      logFile: path.join(directory, 'debug.log'),
      logging: log,
      chainName: choice.name,
      userAgent: peerOptionsFrom(settings).userAgent ?? '',
      warnings,
      savePool: () => savePool(poolFile, driver),
      readFile: (file) => fs.readFileSync(path.resolve(directory, file)),
      coinBytesMax: storeOptionsFrom(settings).coinBytesMax,
      memory: () => ({ ...process.memoryUsage() }),
      diskUsage,
    },
  })
  const prometheus = new Prometheus()
  meters = registerMetrics(prometheus, { view: driver.view, connections, now: driver.now, diskUsage })
  const front = new HttpFront(
    new Dispatcher(METHODS, rpcNode),
    authorisation,
    settings.list('rpcallowip'),
    machine,
    openPlaces(settings, rpcNode, prometheus),
    requestsMaxFrom(settings),
  )

  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping ??= shutDown()
    return stopping
  }
  const shutDown = async () => {
    log.info('Shutdown in progress...', { event: 'stop' })
    runCommand(settings.text('shutdownnotify'))
    tips.end()
    for (const close of closers) await close()
    connections.closeAll()
    driver.stop()
    if (keepsPool) savePool(poolFile, driver)
    store.close()
    files.close()
    await checks.close()
    forget()
    unlock()
    fs.rmSync(pidFile, { force: true })
    log.info('Shutdown done')
    ended(0)
  }

  const pidFile = path.resolve(directory, settings.text('pid') ?? 'bitcoind.pid')
  fs.writeFileSync(pidFile, `${process.pid}\n`)
  closers.push(...(await listenForPeers(settings, chain, connections, log)))
  closers.push(...(await listenForRpc(settings, chain, front)))
  const wanted = settings.list('connect').length > 0 ? settings.list('connect') : settings.list('addnode')
  for (const address of wanted) connections.added.add(address)
  const keep = setInterval(() => connections.dialMissing(), KEEP_MS)
  closers.push(() => clearInterval(keep))
  connections.dialMissing()
  log.info('init message: Done loading', { event: 'ready' })
  runCommand(settings.text('startupnotify'))
  return stop
}

/** Threads that judge scripts, the core's own among them. [Core -par] */
function threadsFrom(settings: Settings): number {
  const asked = settings.integer('par') ?? 0
  const threads = asked > 0 ? asked : os.availableParallelism() + asked
  return Math.min(Math.max(threads, 1), 16)
}

/** A tip of the future says that the clock of this machine is wrong; a node that went on would refuse good blocks. Throws SettingsError. */
function refuseFuture(tipTime: number, nowMs: number): void {
  if (tipTime <= nowMs / 1000 + FUTURE_SECONDS_MAX) return
  throw new SettingsError(
    "The block database contains a block which appears to be from the future. This may be due to your computer's date and time being set incorrectly. Only rebuild the block database if you are sure that your computer's date and time are correct.\nPlease restart with -reindex or -reindex-chainstate to recover.",
    '',
  )
}
