import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { builtInChain, type ChainParameters, parseChainFile } from '../chains/index.ts'
import {
  Authorisation,
  adjustChain,
  type ChainChoice,
  Connections,
  chooseChain,
  cookieLine,
  createRpcNode,
  HttpFront,
  logJudged,
  logOf,
  logTip,
  NodeDriver,
  parseGrant,
  peerAddresses,
  peerOptionsFrom,
  policyFrom,
  rpcAddresses,
  type Settings,
  SettingsError,
  storeSizesFrom,
  TipWatch,
  templateOptionsFrom,
} from '../daemon/index.ts'
import { createNode } from '../node/index.ts'
import { Dispatcher, METHODS } from '../rpc/index.ts'
import type { Crypto } from '../script-engine/index.ts'
import { chooseCrypto } from './crypto/index.ts'
import { DiskFiles } from './disk-files.ts'
import { listenHttp } from './http-server.ts'
import { LmdbStore } from './lmdb-store.ts'
import { machine } from './machine.ts'
import { openLog } from './open-log.ts'
import { dataDirectory } from './read-settings.ts'
import { ThreadedChecks } from './script-checks/index.ts'
import { dialTcp, listenTcp } from './tcp.ts'

/** [Core MAX_SIZE] */
const BODY_BYTES_MAX = 0x02000000
const COOKIE_BYTES = 32
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
  log.info(`Touchstone daemon version v0.1.0, crypto: ${backend.describe()}`)
  const store = new LmdbStore(path.join(directory, 'chainstate'))
  const checks = new ThreadedChecks({ workers: threadsFrom(settings) - 1, backend: { crypto, ...backend } })
  const isTestChain = choice.name !== 'main' && choice.name !== 'signet'
  const node = createNode({
    files,
    store,
    crypto,
    checks,
    chain,
    entropy: Math.random,
    policy: policyFrom(settings, isTestChain),
    peers: peerOptionsFrom(settings),
    ...storeSizesFrom(settings),
  })
  const tips = new TipWatch(machine)
  let connections: Connections
  const driver = new NodeDriver(node, machine, {
    send: (peer, bytes) => connections.send(peer, bytes),
    disconnect: (peer, reason) => {
      log.debug('net', `disconnecting peer=${peer}: ${reason}`)
      connections.close(peer)
    },
    judged: (effect) => logJudged(log, effect),
    tip: (effect) => {
      logTip(log, effect, node.view.chain.tip.time)
      tips.moved()
    },
    log: (effect) => logOf(log, effect),
    stepped: () => connections.stepped(),
  })
  connections = new Connections(driver, {
    dial: dialTcp,
    dialTimeoutMs: settings.integer('timeout') ?? 5000,
    defaultPort: chain.port,
    sendBytesMax: (settings.integer('maxsendbuffer') ?? 1000) * 1000,
    inboundMax: Math.max(0, (settings.integer('maxconnections') ?? 125) - 11),
    whitelist: settings.list('whitelist').map(parseGrant),
    isActive: settings.flag('networkactive', true),
    log: (message) => log.debug('net', message),
  })
  driver.setMockTime(settings.integer('mocktime') ?? 0)
  driver.step({ kind: 'start' })
  driver.settle()

  const closers: (() => unknown)[] = []
  const cookieFile = path.resolve(directory, settings.text('rpccookiefile') ?? '.cookie')
  const cookie = writeCookie(settings, cookieFile)
  const authorisation = new Authorisation(settings, cookie, machine)
  const rpcNode = createRpcNode({
    driver,
    connections,
    log,
    tips,
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
      warnings: [],
      diskUsage: () => files.list().reduce((bytes, name) => bytes + files.size(name), 0),
    },
  })
  const front = new HttpFront(
    new Dispatcher(METHODS, rpcNode),
    authorisation,
    settings.list('rpcallowip'),
    machine,
  )

  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping ??= shutDown()
    return stopping
  }
  const shutDown = async () => {
    log.info('Shutdown in progress...')
    tips.end()
    for (const close of closers) await close()
    connections.closeAll()
    driver.stop()
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
  for (const address of wanted) connections.dial(address, 'manual')
  log.info('Done loading')
  return stop
}

/** A chain by its name, or from a chain file. */
function loadChain(settings: Settings, crypto: Crypto): { choice: ChainChoice; chain: ChainParameters } {
  const choice = chooseChain(settings)
  if (choice !== undefined) return { choice, chain: builtInChain(choice.builtIn, crypto)! }
  const file = settings.text('chain')!
  if (!fs.existsSync(file)) throw new SettingsError(`Unknown chain ${file}.`)
  try {
    const chain = parseChainFile(JSON.parse(fs.readFileSync(file, 'utf8')), crypto)
    return { choice: { name: chain.name, builtIn: chain.name, folder: chain.name }, chain }
  } catch (error) {
    throw new SettingsError(`${file}: ${(error as Error).message}`)
  }
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
