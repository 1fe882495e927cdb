import { availableParallelism } from 'node:os'
import { Command } from 'commander'
import { joinQueue, QueueError } from '../../simulation/index.ts'
import { integer, queueUrl } from '../options.ts'
import { UsageError } from '../usage-error.ts'
import { type VerbContext, verb } from '../verb.ts'

interface WorkerOptions {
  readonly queue: string
  readonly jobs: number
}

/** `touchstone worker --queue URL` */
export function workerCommand(context: VerbContext): Command {
  const command = new Command('worker')
    .description('play seeds for campaigns on other machines until it is interrupted: `simulate --queue URL`')
    .requiredOption('--queue <url>', 'the Redis of the campaign: redis://HOST:PORT', queueUrl)
    .option('--jobs <n>', 'worker threads', integer(1, 64), availableParallelism())
  return verb<WorkerOptions>(command, context, async (terminal, { queue, jobs }) => {
    let played = 0
    const worker = await joinQueue(queue, jobs, () => void played++).catch((error) => {
      throw error instanceof QueueError ? new UsageError(`--queue: ${error.message}`) : error
    })
    terminal.note(`${jobs} threads play for ${new URL(queue).host}`)
    await interruption()
    terminal.note('interrupted: ends what is under way')
    await worker.close()
    terminal.line(`${played} tasks played`)
    return { exitCode: 0, json: { played } }
  })
}

function interruption(): Promise<unknown> {
  return Promise.race(
    ['SIGINT', 'SIGTERM'].map((signal) => new Promise((resolve) => process.once(signal, resolve))),
  )
}
