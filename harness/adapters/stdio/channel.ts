import { visible } from '../../../reports/index.ts'
import { TargetError } from '../abstention.ts'
import { openWorkerChannel } from '../process/worker-channel.ts'

/** A line to a program, and the line with which it answers; the caller waits. */
export interface LineChannel {
  /** @throws TargetError when no answer comes, and from then on */
  exchange(line: string): string
  /** The program cannot be believed from now on. @throws TargetError */
  fail(why: string): never
  /** False once it has failed. */
  isAlive(): boolean
  /** Says the last line to a program that is alive, waits a moment for its end, and ends it with all that it started. */
  close(lastLine: string): void
}

/** What the thread that talks to the program is asked. */
export type ChannelQuestion = { readonly line: string } | { readonly end: string | undefined }
/** What it answers. */
export type ChannelReply = { readonly line: string } | { readonly gone: string }

/** Longer than the thread gives a program to leave. */
const CLOSE_TIMEOUT_MS = 10_000

/** Starts a program by its command line (through the shell) and talks to it line by line. */
export function openStdioChannel(command: string, timeoutMs: number): LineChannel {
  const channel = openWorkerChannel<ChannelQuestion, ChannelReply>('stdio', { command })
  let alive = true
  let closed = false
  const fail = (why: string): never => {
    alive = false
    throw new TargetError(`${command}: ${visible(why)}`)
  }
  return {
    isAlive: () => alive,
    fail,
    exchange(line) {
      if (!alive) return fail('it failed before')
      const reply = channel.exchange({ line }, timeoutMs)
      if (reply === undefined) return fail(`no answer within ${timeoutMs / 1000} s to ${line.slice(0, 120)}`)
      return 'gone' in reply ? fail(reply.gone) : reply.line
    },
    close(lastLine) {
      if (closed) return
      closed = true
      channel.exchange({ end: alive ? lastLine : undefined }, CLOSE_TIMEOUT_MS)
      channel.close()
    },
  }
}
