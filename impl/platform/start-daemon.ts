import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { protectStore, requestRebuild } from '../chainstate/index.ts'
import {
  Authorisation,
  adjustChain,
  assumeValidFrom,
  BanList,
  Connections,
  cookieLine,
  createRpcNode,
  HttpFront,
  idleOptions,
  indexOptionsFrom,
  logJudged,
  logOf,
  logTip,
  NodeDriver,
  parseGrant,
  peerAddresses,
  peerOptionsFrom,
  policyFrom,
  registerMetrics,
  rpcAddresses,
  type Settings,
  SettingsError,
  storeSizesFrom,
  TipWatch,
  templateOptionsFrom,
  warningsFrom,
} from '../daemon/index.ts'
import { createNode } from '../node/index.ts'
import { Dispatcher, METHODS } from '../rpc/index.ts'
import { readBans, writeBans } from './ban-file.ts'
import { chooseCrypto, signer } from './crypto/index.ts'
import { DiskFiles } from './disk-files.ts'
import { listenHttp } from './http-server.ts'
import { LmdbStore } from './lmdb-store.ts'
import { loadBlocks } from './load-blocks.ts'
import { loadChain } from './load-chain.ts'
import { entropy, machine } from './machine.ts'
import { openLog } from './open-log.ts'
import { openPlaces } from './open-places.ts'
import { loadPool, savePool } from './pool-file.ts'
import { Prometheus } from './prometheus.ts'
import { dataDirectory } from './read-settings.ts'
import { ThreadedChecks } from './script-checks/index.ts'
import { dialTcp, listenTcp } from './tcp.ts'

/** [Core MAX_SIZE] */
const BODY_BYTES_MAX = 0x02000000
const COOKIE_BYTES = 32
const DAY_SECONDS = 86_400
/** Nodes that are to be kept connected are dialled so often while they are not. */
const KEEP_MS = 10_000
const COOKIE_MODES: Readonly<Record<string, number>> = { owner: 0o600, group: 0o640, all: 0o644 }

/** Starts a daemon; resolves to what ends it, which calls `ended` with the exit code. Throws SettingsError and StoreError. */
export async function startDaemon(
  settings: Settings,
  ended: (code: number) => void,
): Promise<() => Promise<void>> {
  const { crypto, ...backend } = chooseCrypto()
  const { choice, chain: plain } = loadChain(settings, crypto)
  const chain = adjustChain(plain, settings)
  const directory = path.join(dataDirectory(settings), choice.folder)
  for (const name of ['', 'blocks', 'chainstate', 'wallets'])
    fs.mkdirSync(path.join(directory, name), { recursive: true, mode: 0o700 })
  const files = new DiskFiles(path.join(directory, 'blocks'))
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
    ...storeSizesFrom(settings),
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
    readBans(banFile),
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
  driver.step({ kind: 'start' })
  driver.settle()
  for (const place of settings.list('loadblock')) loadBlocks(place, driver, log)
  const poolFile = path.join(directory, 'mempool.dat')
  const keepsPool = settings.flag('persistmempool', true)
  if (keepsPool) loadPool(poolFile, driver)

  const closers: (() => unknown)[] = []
  const diskUsage = () => files.list().reduce((bytes, name) => bytes + files.size(name), 0)
  const cookieFile = path.resolve(directory, settings.text('rpccookiefile') ?? '.cookie')
  const cookie = writeCookie(settings, cookieFile)
  const authorisation = new Authorisation(settings, cookie, machine)
  const rpcNode = createRpcNode({
    driver,
    connections,
    log,
    tips,
    signer,
    templateOptions: templateOptionsFrom(settings, chain),
    operations: {
      stop: () => machine.soon(() => void stop()),
      setMockTime: (seconds) => driver.setMockTime(seconds),
      advance: (seconds) => driver.advance(seconds * 1000),
      startedAt: Math.floor(driver.now() / 1000),
      logFile: path.join(directory, 'debug.log'),
      logging: log,
      chainName: choice.name,
      userAgent: peerOptionsFrom(settings).userAgent ?? '',
      warnings,
      savePool: () => savePool(poolFile, driver),
      readFile: (file) => fs.readFileSync(path.resolve(directory, file)),
      coinBytesMax: storeSizesFrom(settings).coinBytesMax,
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
  )

  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping ??= shutDown()
    return stopping
  }
  const shutDown = async () => {
    log.info('Shutdown in progress...', { event: 'stop' })
    tips.end()
    for (const close of closers) await close()
    connections.closeAll()
    driver.stop()
    if (keepsPool) savePool(poolFile, driver)
    store.close()
    files.close()
    await checks.close()
    if (cookie !== undefined) fs.rmSync(cookieFile, { force: true })
    fs.rmSync(pidFile, { force: true })
    log.info('Shutdown done')
    ended(0)
  }

  const pidFile = path.resolve(directory, settings.text('pid') ?? 'bitcoind.pid')
  fs.writeFileSync(pidFile, `${process.pid}\n`)
  if (settings.flag('listen', true)) {
    for (const { host, port, permissions } of peerAddresses(settings, chain))
      closers.push(await listenTcp(host, port, (connection) => connections.accept(connection, permissions)))
  }
  if (settings.flag('server', true)) {
    for (const { host, port } of rpcAddresses(settings, chain))
      closers.push(
        await listenHttp({
          host,
          port,
          bodyBytesMax: BODY_BYTES_MAX,
          readTimeoutMs: (settings.integer('rpcservertimeout') ?? 30) * 1000,
          answer: (request) => front.answer(request),
        }),
      )
  }
  const wanted = settings.list('connect').length > 0 ? settings.list('connect') : settings.list('addnode')
  for (const address of wanted) connections.added.add(address)
  const keep = setInterval(() => connections.dialMissing(), KEEP_MS)
  closers.push(() => clearInterval(keep))
  connections.dialMissing()
  log.info('Done loading', { event: 'ready' })
  return stop
}

/** Threads that judge scripts, the core's own among them. [Core -par] */
function threadsFrom(settings: Settings): number {
  const asked = settings.integer('par') ?? 0
  const threads = asked > 0 ? asked : os.availableParallelism() + asked
  return Math.min(Math.max(threads, 1), 16)
}

/** The secret of the cookie file, which every start replaces; nothing when a password is set. */
function writeCookie(settings: Settings, file: string): string | undefined {
  if ((settings.text('rpcpassword') ?? '') !== '') return undefined
  const secret = randomBytes(COOKIE_BYTES).toString('hex')
  const mode = COOKIE_MODES[settings.text('rpccookieperms') ?? 'owner']
  if (mode === undefined) throw new SettingsError('Invalid -rpccookieperms: expected owner, group or all')
  const draft = `${file}.tmp`
  fs.writeFileSync(draft, cookieLine(secret), { mode })
  fs.chmodSync(draft, mode)
  fs.renameSync(draft, file)
  return secret
}
