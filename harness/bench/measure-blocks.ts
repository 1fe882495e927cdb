import { readFileSync } from 'node:fs'
import { blockRecords } from './block-records.ts'
import { PAYMENTS, PREPARATION } from './chain.ts'
import type { Measure } from './measure.ts'
import { openOwnNode } from './own-node.ts'

/** Connects a file of blocks with the built-in node and flushes its coins. Throws when the tip is not the last block. */
export async function measureBlocks(file: string, workers: number): Promise<Measure> {
  const own = openOwnNode(workers)
  try {
    const bytes = readFileSync(file)
    let height = 0
    let started = performance.now()
    for (const block of blockRecords(bytes)) {
      if (height++ === PREPARATION) {
        own.rest()
        own.resetLongestStep()
        started = performance.now()
      }
      own.play({ kind: 'submitBlock', bytes: block })
    }
    own.rest()
    const flushMs = own.stop()
    const seconds = (performance.now() - started) / 1000
    const reached = own.node.view.tip().height
    if (reached !== height) throw new Error(`the tip is at ${reached}, not at ${height}`)
    return {
      height,
      items: PAYMENTS,
      seconds,
      flushMs,
      residentBytes: process.resourceUsage().maxRSS * 1024,
      longestStepMs: own.longestStepMs(),
      note: own.note,
    }
  } finally {
    await own.dispose()
  }
}
