import { describe, expect, it } from 'vitest'
import { ByteReader, encodeTransaction, parseTransaction } from '../../wire/index.ts'
import { chooseCrypto } from '../crypto/index.ts'
import { JobJudge } from './serve-jobs.ts'
import {
  answerJob,
  createSharedMemory,
  JOB,
  jobAt,
  openJob,
  RING_SLOTS,
  takeVerdict,
} from './shared-memory.ts'
import { SpendArena } from './spend-arena.ts'

const { crypto } = chooseCrypto()
const TRUE = Uint8Array.of(0x51)
const FALSE = Uint8Array.of(0)

describe('a job', () => {
  // The last of the numbers that an Int32 holds, and laps on both sides of it.
  it.each([0, 5, RING_SLOTS - 1, 0x7fffffff, -1])('%i has the verdict that it was given first', (job) => {
    const { jobs } = createSharedMemory()
    openJob(jobs, job)
    expect(answerJob(jobs, job, 3)).toBe(true)
    expect(answerJob(jobs, job, 4)).toBe(false)
    expect(takeVerdict(jobs, job)).toBe(3)
  })

  it('that was taken over takes no answer, nor does the job that follows it in its slot', () => {
    const { jobs } = createSharedMemory()
    for (const job of [7, 0x7fffffff, -3]) {
      openJob(jobs, job)
      expect(takeVerdict(jobs, job)).toBeUndefined()
      expect(answerJob(jobs, job, 3)).toBe(false)
      const next = (job + RING_SLOTS) | 0
      openJob(jobs, next)
      expect(answerJob(jobs, job, 3)).toBe(false)
      expect(takeVerdict(jobs, next)).toBeUndefined()
    }
  })
})

describe('a worker', () => {
  const tx = parseTransaction(
    new ByteReader(
      encodeTransaction({
        version: 1,
        lockTime: 0,
        inputs: [{ prevTxid: new Uint8Array(32), prevIndex: 0, scriptSig: new Uint8Array(0), sequence: 0 }],
        outputs: [],
      }),
    ),
    crypto,
  )

  /** Puts a spend of this script at the start of the arena, under an id, and a job for it into the ring. */
  function write(memory: ReturnType<typeof createSharedMemory>, job: number, id: number, script: Uint8Array) {
    const place = new SpendArena(memory.arena).place(tx, [{ value: 0, script }])
    if (typeof place === 'string') throw new Error(place)
    memory.jobs.set([id, place.offset, place.length, 0, 0], jobAt(job))
    openJob(memory.jobs, job)
  }

  it('forgets what it read for a job that was taken over', () => {
    const memory = createSharedMemory()
    const judge = new JobJudge(memory, crypto)
    write(memory, 0, 9, FALSE)
    takeVerdict(memory.jobs, 0)
    judge.answer(0)
    write(memory, 1, 9, TRUE)
    judge.answer(1)
    expect(takeVerdict(memory.jobs, 1)).toBe(0)
  })

  it('leaves a job that it cannot read to the submitting thread, and goes on', () => {
    const memory = createSharedMemory()
    const judge = new JobJudge(memory, crypto)
    write(memory, 0, 9, TRUE)
    memory.jobs[jobAt(0) + JOB.length] = 3
    judge.answer(0)
    expect(takeVerdict(memory.jobs, 0)).toBeUndefined()
    write(memory, 1, 9, TRUE)
    judge.answer(1)
    expect(takeVerdict(memory.jobs, 1)).toBe(0)
  })
})
