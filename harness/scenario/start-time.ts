import type { ChainFile } from '../ports/index.ts'
import type { Scenario } from './format/index.ts'
import { forgingOrder } from './order.ts'

const DAY_SECONDS = 86_400

/**
 * Unix seconds of virtual time 0: what the story says; else a day after the first block, and after as many blocks as
 * leave their time to the forge, which dates them up to twice the target spacing apart.
 */
export function startTimeOf(scenario: Scenario, chainFile: ChainFile): number {
  const { startTime } = scenario
  if (startTime !== undefined) return startTime
  const { targetSpacingSeconds } = chainFile.limits
  const rowSeconds = longestRow(scenario) * targetSpacingSeconds
  return genesisTime(chainFile.genesisBlock) + DAY_SECONDS + (rowSeconds > DAY_SECONDS ? 2 * rowSeconds : 0)
}

/** How many blocks on one branch say no time of their own. */
function longestRow(scenario: Scenario): number {
  const { blocks } = scenario
  const undated = new Map<string, number>()
  let longest = 0
  for (const name of forgingOrder(scenario)) {
    const block = Object.hasOwn(blocks, name) ? blocks[name] : undefined
    if (block === undefined) continue
    const below = undated.get(block.copyOf ?? block.extends ?? '') ?? 0
    const row = below + (block.copyOf === undefined && block.time === undefined ? 1 : 0)
    undated.set(name, row)
    longest = Math.max(longest, row)
  }
  return longest
}

/** Unix seconds in the header that starts a serialized block. */
function genesisTime(block: string): number {
  return Buffer.from(block, 'hex').readUInt32LE(68)
}
