import { TargetError } from '../abstention.ts'
import { openWorkerChannel } from '../process/worker-channel.ts'

/** A line to a program, and the line with which it answers; the caller waits. */
export interface LineChannel {
  exchange(line: string): string
  /** False once it has failed to answer. */
  isAlive(): boolean
  close(): void
}

/** What the thread that talks to the program tells back. */
export type ChannelReply = { readonly line: string } | { readonly gone: string }

/** Starts a program by its command line (through the shell) and talks to it line by line. */
export function openStdioChannel(command: string, timeoutMs: number): LineChannel {
  const channel = openWorkerChannel<string, ChannelReply>('stdio', { command })
  let alive = true
  const fail = (why: string): never => {
    alive = false
    throw new TargetError(`${command}: ${why}`)
  }
  return {
    isAlive: () => alive,
    exchange(line) {
      const reply = channel.exchange(line, timeoutMs)
      if (reply === undefined) return fail(`no answer within ${timeoutMs / 1000} s to ${line.slice(0, 120)}`)
      return 'gone' in reply ? fail(reply.gone) : reply.line
    },
    close: channel.close,
  }
}
