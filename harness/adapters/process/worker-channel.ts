import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { workerUrl } from './worker-url.ts'

/** A thread that answers each message with one; the caller sleeps until the answer is there. */
export interface WorkerChannel<Question, Answer> {
  /** The answer, or undefined when none has come in time. */
  exchange(question: Question, timeoutMs: number): Answer | undefined
  /** Says goodbye (`null`) without waiting; the thread ends what it holds. */
  close(): void
}

/** What such a thread is born with, beside its own data. */
export interface WorkerDoor {
  readonly signal: Int32Array
  readonly port: MessagePort
}

/** Engines are synchronous: what takes time to answer is held by a thread of its own, `NAME.worker.ts`. */
export function openWorkerChannel<Question, Answer>(
  name: string,
  data: Readonly<Record<string, unknown>> = {},
): WorkerChannel<Question, Answer> {
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const { port1: own, port2: theirs } = new MessageChannel()
  const worker = new Worker(workerUrl(name), {
    workerData: { ...data, signal, port: theirs },
    transferList: [theirs],
  })
  worker.unref()
  let answered = 0
  return {
    exchange(question, timeoutMs) {
      own.postMessage(question)
      const deadline = performance.now() + timeoutMs
      // The bell of the answer before may ring late: only the count says that this one is there.
      while (Atomics.load(signal, 0) === answered) {
        const leftMs = deadline - performance.now()
        if (leftMs <= 0) return undefined
        Atomics.wait(signal, 0, answered, leftMs)
      }
      answered++
      return receiveMessageOnPort(own)?.message as Answer
    },
    close() {
      own.postMessage(null)
      own.close()
    },
  }
}

/** In the thread: sends the answer and wakes the thread that waits. */
export function answerThrough({ signal, port }: WorkerDoor, answer: unknown): void {
  port.postMessage(answer)
  Atomics.add(signal, 0, 1)
  Atomics.notify(signal, 0)
}
