import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { TargetError } from './abstention.ts'
import { workerUrl } from './worker-url.ts'

/** A line to a program, and the line with which it answers; the caller waits. */
export interface LineChannel {
  exchange(line: string): string
  /** False once it has failed to answer. */
  isAlive(): boolean
  close(): void
}

/** What the thread that talks to the program tells back. */
export type ChannelReply = { readonly line: string } | { readonly gone: string }

/**
 * Starts a program by its command line (through the shell) and talks to it line by line. Engines are synchronous, so a
 * thread of its own holds the pipes, and this one sleeps until the answer is there.
 */
export function openStdioChannel(command: string, timeoutMs: number): LineChannel {
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const { port1: own, port2: theirs } = new MessageChannel()
  const worker = new Worker(workerUrl('stdio'), {
    workerData: { command, signal, port: theirs },
    transferList: [theirs],
  })
  worker.unref()
  let answered = 0
  let alive = true
  const fail = (why: string): never => {
    alive = false
    throw new TargetError(`${command}: ${why}`)
  }
  return {
    isAlive: () => alive,
    exchange(line) {
      own.postMessage(line)
      const outcome = Atomics.wait(signal, 0, answered, timeoutMs)
      if (outcome === 'timed-out') fail(`no answer within ${timeoutMs / 1000} s to ${line.slice(0, 120)}`)
      answered++
      const reply = receiveMessageOnPort(own)?.message as ChannelReply
      return 'gone' in reply ? fail(reply.gone) : reply.line
    },
    close() {
      own.postMessage(null)
      own.close()
    },
  }
}
