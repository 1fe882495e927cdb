import { createHash } from 'node:crypto'
import { type EventEmitter, once } from 'node:events'
import { connect } from 'node:net'
import type { RedisOptions } from 'bullmq'
import { workerUrl } from '../../adapters/index.ts'
import { readBytes } from '../../files/index.ts'
import { openThreads, type Players } from './players.ts'
import type { CampaignTask, TaskResult } from './task.ts'

/** Tasks of a campaign that wait in the queue or are being played. */
const OUTSTANDING_MAX = 256
/** A worker that does not renew its claim for so long is lost: another one plays its task. */
const CLAIM_MS = 10_000
/** Workers that may be lost over one task before the campaign fails. */
const LOST_MAX = 10
/** How long results stay, so that a campaign that starts again finds them. */
const RESULTS_KEPT_SECONDS = 24 * 60 * 60
/** How often a campaign looks whether anybody plays, and how long nobody may. */
const LOOK_MS = 5_000
const REACHED_MS = 10_000

/** The queue cannot be reached, or nobody plays its tasks. One line. */
export class QueueError extends Error {
  override readonly name = 'QueueError'
}

/**
 * Hands the tasks of a campaign to the workers of a queue, BullMQ's on Redis. A task that was played before by the same
 * program is not played again: its result is found there.
 * @param url `redis://HOST:PORT` or `rediss://…`, with user, password and database as usual
 * @param patienceMs how long the campaign waits while no worker is connected
 * @throws QueueError when the queue cannot be reached; `run` rejects with it when no worker comes
 */
export async function openQueue(url: string, patienceMs: number): Promise<Players> {
  const { Queue, QueueEvents } = await import('bullmq')
  await reach(url)
  const name = queueName()
  const queue = new Queue<CampaignTask, TaskResult>(name, { connection: connectionTo(url) })
  const events = new QueueEvents(name, { connection: connectionTo(url) })
  // Each call reports its own failure; without a listener the same one would end the process.
  for (const emitter of [queue as EventEmitter, events as EventEmitter]) {
    emitter.on('error', () => {})
    emitter.setMaxListeners(OUTSTANDING_MAX + 10)
  }
  let desert = (_: QueueError) => {}
  const deserted = new Promise<never>((_, reject) => {
    desert = reject
  })
  deserted.catch(() => {})
  let seenMs = performance.now()
  const look = setInterval(async () => {
    const workers = await queue.getWorkersCount().catch(() => 0)
    if (workers > 0) seenMs = performance.now()
    if (performance.now() - seenMs > patienceMs)
      desert(
        new QueueError(
          `no worker plays the tasks at ${place(url)}: start \`touchstone worker --queue ${url}\``,
        ),
      )
  }, LOOK_MS)
  const close = async () => {
    clearInterval(look)
    await Promise.all([events.close(), queue.close()])
  }
  return {
    width: OUTSTANDING_MAX,
    run: async (task) => {
      const job = await queue.add('task', task, {
        jobId: taskId(task),
        removeOnComplete: { age: RESULTS_KEPT_SECONDS },
        removeOnFail: true,
      })
      return Promise.race([job.waitUntilFinished(events), deserted])
    },
    close,
  }
}

/** A worker that takes tasks until it is closed; `close` lets tasks under way come to an end. */
export interface QueueWorker {
  close(): Promise<void>
}

/**
 * Plays tasks of a queue in `jobs` threads, and reports each whose result is stored.
 * @throws QueueError when the queue cannot be reached
 */
export async function joinQueue(
  url: string,
  jobs: number,
  onPlayed: (task: CampaignTask) => void,
): Promise<QueueWorker> {
  const { Worker } = await import('bullmq')
  await reach(url)
  const threads = openThreads(jobs)
  const worker = new Worker<CampaignTask, TaskResult>(queueName(), ({ data }) => threads.run(data), {
    connection: { ...connectionTo(url), maxRetriesPerRequest: null },
    concurrency: threads.width,
    lockDuration: CLAIM_MS,
    stalledInterval: CLAIM_MS,
    maxStalledCount: LOST_MAX,
  })
  worker.on('error', () => {})
  worker.on('completed', ({ data }) => onPlayed(data))
  return {
    close: async () => {
      await worker.close()
      await threads.close()
    },
  }
}

/**
 * One seed has one history within one version of the program only, so that each has a queue of its own. The worker's
 * bundle names every part of the program by what is in it.
 */
function queueName(): string {
  const version = createHash('sha256')
    .update(readBytes(workerUrl('campaign').pathname))
    .digest('hex')
  return `touchstone-campaign-${version.slice(0, 16)}`
}

/** The same task has the same name, so that it is played once for all who ask for it. */
const taskId = ({ seed, nodes, profile, without, tours = 0, shrinkMs }: CampaignTask) =>
  ['seed', seed, nodes, profile, tours, [...without].sort().join('+') || 'all', shrinkMs ?? 'play'].join('-')

function connectionTo(url: string): RedisOptions {
  const { protocol, hostname, port, username, password, pathname } = new URL(url)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 6379 : Number(port),
    db: Number(pathname.slice(1) || 0),
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  }
}

/** Where the queue is, without its password. */
const place = (url: string) => new URL(url).host

/** The queue would try for ever where nobody listens: that is an error with its address. @throws QueueError */
async function reach(url: string): Promise<void> {
  const { host, port } = connectionTo(url)
  const socket = connect({ host: host!, port: port!, timeout: REACHED_MS })
  try {
    await Promise.race([
      once(socket, 'connect'),
      once(socket, 'timeout').then(() => Promise.reject(new Error('timed out'))),
    ])
  } catch {
    throw new QueueError(`no Redis answers at ${place(url)}`)
  } finally {
    socket.destroy()
  }
}
