import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { workerData } from 'node:worker_threads'
import { answerThrough, type WorkerDoor } from '../process/worker-channel.ts'
import type { ChannelReply } from './channel.ts'

/** Holds the pipes of one program: a line in, a line out, and a signal to the thread that sleeps. */
const { command, ...door } = workerData as WorkerDoor & { readonly command: string }

const child = spawn(command, { shell: true, stdio: ['pipe', 'pipe', 'inherit'] })
let gone: string | undefined
let isAsked = false

createInterface({ input: child.stdout }).on('line', (line) => {
  if (line.trim() !== '') reply({ line })
})
child.stdin.on('error', () => {})
child.on('error', (error) => leave(error.message))
child.on('close', (code, by) => leave(`it ended with ${by === null ? `exit code ${code}` : by}`))

door.port.on('message', (line: string | null) => {
  if (line === null) {
    child.stdin.end()
    door.port.close()
    return
  }
  isAsked = true
  if (gone === undefined) child.stdin.write(`${line}\n`)
  else reply({ gone })
})

function leave(why: string): void {
  gone ??= why
  if (isAsked) reply({ gone })
}

function reply(message: ChannelReply): void {
  isAsked = false
  answerThrough(door, message)
}
