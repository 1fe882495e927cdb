import type { WireMessage } from '../../wire/index.ts'
import { TargetError } from '../abstention.ts'
import type { DaemonCommand } from './process.ts'
import type { RpcAnswer, RpcPlace } from './rpc.ts'
import { openWorkerChannel } from './worker-channel.ts'

/** What the thread that holds a daemon is asked. */
export type DaemonQuestion =
  | { readonly ask: 'start'; readonly command: DaemonCommand; readonly credentials: Credentials }
  | { readonly ask: 'attach'; readonly place: AttachedPlace }
  | { readonly ask: 'send'; readonly magic: Uint8Array; readonly message: WireMessage }
  | { readonly ask: 'call'; readonly method: string; readonly params: readonly unknown[] }

/** Where somebody else's daemon listens. */
export interface AttachedPlace {
  readonly rpc: RpcPlace
  readonly p2p?: { readonly host: string; readonly port: number }
}

/** What it answers; `gone`: the daemon has ended or does not answer, in one line. */
export type DaemonAnswer =
  | RpcAnswer
  | { readonly started: { readonly datadir: string } }
  | { readonly heeded: boolean }
  | { readonly gone: string }

/** One JSON-RPC call, made while the caller waits. */
export type RpcCall = (method: string, ...params: unknown[]) => RpcAnswer

/** A daemon that is restarted with empty data. */
export interface DaemonChannel {
  /** @throws TargetError when it cannot be started */
  start(command: DaemonCommand): { readonly datadir: string }
  /** From now on `call` and `send` speak with one that runs already. */
  attach(place: AttachedPlace): void
  /** @throws TargetError when it has ended */
  readonly call: RpcCall
  /** Sends a message as a peer and waits until it has been dealt with; false when the daemon hung up on it. */
  send(magic: Uint8Array, message: WireMessage): boolean
  isAlive(): boolean
  close(): void
}

const START_TIMEOUT_MS = 90_000
const CALL_TIMEOUT_MS = 120_000

/** `user:password`, or the file below the data folder in which a running daemon keeps them. */
export type Credentials = { readonly text: string } | { readonly file: string }

export function openDaemonChannel(credentials: Credentials, callTimeoutMs = CALL_TIMEOUT_MS): DaemonChannel {
  const channel = openWorkerChannel<DaemonQuestion, DaemonAnswer>('daemon')
  let path = ''
  let alive = true
  const ask = (question: DaemonQuestion, timeoutMs: number): Exclude<DaemonAnswer, { gone: string }> => {
    const answer = channel.exchange(question, timeoutMs) ?? { gone: `no answer within ${timeoutMs / 1000} s` }
    if (!('gone' in answer)) return answer
    alive = false
    throw new TargetError(`${path}: ${answer.gone}`)
  }
  return {
    start(command) {
      path = command.path
      const answer = ask({ ask: 'start', command, credentials }, START_TIMEOUT_MS)
      if (!('started' in answer)) throw new TargetError(`${path}: expected it to start`)
      return answer.started
    },
    attach(place) {
      path = `${place.rpc.host}:${place.rpc.port}`
      ask({ ask: 'attach', place }, CALL_TIMEOUT_MS)
    },
    call(method, ...params) {
      const answer = ask({ ask: 'call', method, params }, callTimeoutMs)
      if ('result' in answer || 'error' in answer) return answer
      throw new TargetError(`${path}: expected an answer to ${method}`)
    },
    send(magic, message) {
      const answer = ask({ ask: 'send', magic, message }, callTimeoutMs)
      return 'heeded' in answer && answer.heeded
    },
    isAlive: () => alive,
    close: channel.close,
  }
}
