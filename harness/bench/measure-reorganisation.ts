import { readFileSync } from 'node:fs'
import { blockRecords } from './block-records.ts'
import type { Measure } from './measure.ts'
import { openOwnNode } from './own-node.ts'
import { REORGANISATION_HEIGHT, RETURNING } from './reorganisation.ts'

/** Has the built-in node leave a block with a long chain of transactions. Throws when the tip is not the last block. */
export async function measureReorganisation(file: string, workers: number): Promise<Measure> {
  const own = openOwnNode(workers)
  try {
    const blocks = [...blockRecords(readFileSync(file))]
    for (const bytes of blocks.slice(0, -1)) own.play({ kind: 'submitBlock', bytes })
    own.rest()
    own.resetLongestStep()
    const started = performance.now()
    own.play({ kind: 'submitBlock', bytes: blocks.at(-1)! })
    own.rest()
    const seconds = (performance.now() - started) / 1000
    const { height } = own.node.view.tip()
    if (height !== REORGANISATION_HEIGHT)
      throw new Error(`the tip is at ${height}, not at ${REORGANISATION_HEIGHT}`)
    return {
      height,
      items: RETURNING,
      seconds,
      residentBytes: process.resourceUsage().maxRSS * 1024,
      longestStepMs: own.longestStepMs(),
      note: `${own.note}; ${own.node.view.mempool().length} are back in the pool`,
    }
  } finally {
    await own.dispose()
  }
}
