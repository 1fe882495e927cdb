import { spawn } from 'node:child_process'
import { writeSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { workerData } from 'node:worker_threads'
import { answerThrough, type WorkerDoor } from '../process/worker-channel.ts'
import type { ChannelQuestion, ChannelReply } from './channel.ts'
import { createComplaints } from './complaints.ts'
import { LineSplitter } from './lines.ts'

/** Holds the pipes of one program: a line in, a line out, and a signal to the thread that sleeps. */
const { command, ...door } = workerData as WorkerDoor & { readonly command: string }

/**
 * Waits for the end of descriptor 3, however the other end is closed, SIGKILL of its process included; then ends the whole process
 * group: the program, and what it has started.
 */
const KEEPER = `
trap '' INT HUP TERM PIPE
exec 4<&0 </dev/null
( trap - INT HUP TERM PIPE; exec 3<&-; exec /bin/sh -c "$1" <&4 4<&- ) &
program=$!
exec 4<&-
( exec 4<&3; exec >/dev/null 2>&1; cat <&4; kill -9 0 ) &
exec 3<&-
wait "$program"
`

/** How long a program may take to leave after `bye`. */
const LEAVE_MS = 2_000
/** How long what an ended program said last may take to arrive. */
const LAST_WORDS_MS = 500
const SIGNALLED = 128

const keeper = spawn('/bin/sh', ['-c', KEEPER, 'keeper', command], {
  detached: true,
  stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
})
const [input, output, complaining, lifeline] = keeper.stdio as unknown as [
  Writable,
  Readable,
  Readable,
  Writable,
]
let gone: string | undefined
let isAsked = false
/** A line that nobody asked for. */
let stray: string | undefined
let isLeaving = false

const lines = new LineSplitter((line) => {
  if (isAsked) reply({ line })
  else stray ??= line
})
output.on('data', (chunk: Buffer) => {
  if (lines.push(chunk)) return
  output.destroy()
  leave('it wrote a line without end')
})
const complaints = createComplaints(warnOperator)
complaining.on('data', complaints.push)
complaining.on('end', complaints.end)
for (const stream of [input, output, complaining, lifeline]) stream.on('error', () => {})
keeper.on('error', (error) => leave(error.message))
keeper.on('exit', (code, by) => {
  const report = () => leave(`it ended ${endOf(code, by)}`)
  // What it said last is heard first; a child of its own may hold the pipe longer.
  if (output.readableEnded) report()
  else output.once('end', report)
  setTimeout(report, LAST_WORDS_MS)
})

/** At once: the thread that has the terminal sleeps until there is an answer. */
function warnOperator(line: string): void {
  try {
    writeSync(process.stderr.fd, line)
  } catch {
    // Nobody reads it.
  }
}

function endOf(code: number | null, by: NodeJS.Signals | null): string {
  if (code === null) return `by ${by}`
  return code > SIGNALLED ? `by signal ${code - SIGNALLED}` : `with exit code ${code}`
}

door.port.on('message', (question: ChannelQuestion | null) => {
  if (question === null) {
    end()
    door.port.close()
    return
  }
  isAsked = true
  if ('end' in question) sayGoodbye(question.end)
  else if (gone !== undefined) reply({ gone })
  else if (stray !== undefined) reply({ gone: `it said what nobody had asked: ${stray.slice(0, 120)}` })
  else input.write(`${question.line}\n`)
})

/** The last answer, if any, is of no interest: only that it leaves. */
function sayGoodbye(line: string | undefined): void {
  isLeaving = true
  const isOver = gone !== undefined || line === undefined
  if (!isOver) input.end(`${line}\n`)
  setTimeout(() => leave('it was ended'), isOver ? 0 : LEAVE_MS)
}

function leave(why: string): void {
  gone ??= why
  if (isLeaving) end()
  if (isAsked) reply({ gone })
}

function end(): void {
  lifeline.destroy()
  input.destroy()
}

function reply(message: ChannelReply): void {
  if (isLeaving && !('gone' in message)) return
  isAsked = false
  answerThrough(door, message)
}
