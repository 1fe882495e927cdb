import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workerData } from 'node:worker_threads'
import type { AttachedPlace, Credentials, DaemonAnswer, DaemonQuestion } from './channel.ts'
import { type DaemonPeer, openDaemonPeer } from './peer.ts'
import { type DaemonCommand, type DaemonProcess, startDaemon } from './process.ts'
import { createRpcClient, type RpcClient } from './rpc.ts'
import { answerThrough, type WorkerDoor } from './worker-channel.ts'

/** Holds one daemon: starts it, speaks JSON-RPC with it, ends it. */
const door = workerData as WorkerDoor

/** RPC_IN_WARMUP: it listens and is not ready yet. [Core rpc/protocol.h] */
const IN_WARMUP = -28
const START_TIMEOUT_MS = 60_000
const POLL_MS = 15
const PEER_TIMEOUT_MS = 30_000

let daemon: DaemonProcess | undefined
let client: RpcClient | undefined
let peer: DaemonPeer | undefined
let attached: AttachedPlace | undefined

door.port.on('message', (question: DaemonQuestion | null) => {
  if (question === null) {
    leave()
    door.port.close()
    return
  }
  answer(question).then(
    (given) => answerThrough(door, given),
    (error: Error) => answerThrough(door, { gone: daemon?.ended() ?? error.message } satisfies DaemonAnswer),
  )
})

async function answer(question: DaemonQuestion): Promise<DaemonAnswer> {
  if (question.ask === 'start') {
    leave()
    daemon = await startDaemon(question.command)
    client = await firstAnswer(daemon, question.command, question.credentials)
    return { started: { datadir: daemon.datadir } }
  }
  if (question.ask === 'attach') {
    leave()
    attached = question.place
    client = createRpcClient(attached.rpc)
    return { started: { datadir: '' } }
  }
  const listener = daemon === undefined ? attached?.p2p : { host: '127.0.0.1', port: daemon.p2pPort }
  if (client === undefined) return { gone: 'it was not started' }
  if (question.ask === 'send') {
    if (listener === undefined) return { gone: 'its P2P port is not known' }
    peer ??= await openDaemonPeer(listener, question.magic, PEER_TIMEOUT_MS)
    const heeded = await peer.deliver(question.message)
    if (!heeded) hangUp()
    return { heeded }
  }
  try {
    return await client.call(question.method, question.params)
  } catch (error) {
    // A moment for the news of its end to come in.
    await pause(100)
    throw error
  }
}

/** A client of a daemon that is ready to answer. */
async function firstAnswer(
  started: DaemonProcess,
  { path }: DaemonCommand,
  access: Credentials,
): Promise<RpcClient> {
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += POLL_MS) {
    const ended = started.ended()
    if (ended !== undefined) throw new Error(ended)
    const credentials = credentialsOf(started, access)
    if (credentials !== '') {
      const opened = createRpcClient({ host: '127.0.0.1', port: started.rpcPort, credentials })
      if (await isReady(opened)) return opened
      opened.close()
    }
    await pause(POLL_MS)
  }
  throw new Error(`${path}: not ready within ${START_TIMEOUT_MS / 1000} s`)
}

/** Empty until it has written them. */
function credentialsOf({ datadir }: DaemonProcess, access: Credentials): string {
  if ('text' in access) return access.text
  const file = join(datadir, access.file)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

async function isReady(opened: RpcClient): Promise<boolean> {
  try {
    const given = await opened.call('getblockcount', [])
    return !('error' in given) || given.error.code !== IN_WARMUP
  } catch {
    return false
  }
}

function hangUp(): void {
  peer?.close()
  peer = undefined
}

function leave(): void {
  hangUp()
  client?.close()
  daemon?.stop()
  client = undefined
  daemon = undefined
  attached = undefined
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
