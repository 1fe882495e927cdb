import type { ChainFile, Prelude } from '../ports/index.ts'
import { GENESIS } from './forge/index.ts'
import { type BlockSpec, blockSchema, type Scenario, type Step } from './format/index.ts'
import {
  type Move,
  mapValues,
  movedBlockTime,
  movedChain,
  movedHeight,
  movedScripts,
  movedTransaction,
  timeOf,
} from './transpose.ts'

/**
 * Plays a story of this chain above blocks that bring soft forks into force: what extends genesis extends the last of
 * them, every node is sent them first, and heights and absolute times move along.
 */
export function aboveBlocks(scenario: Scenario, chain: ChainFile, prelude: Prelude): Scenario {
  const { blocks, version, startTime } = prelude
  const move: Move = {
    aboveHeight: 0,
    blocks,
    seconds: startTime + blocks * chain.limits.targetSpacingSeconds - timeOf(chain),
  }
  const names = Array.from({ length: blocks }, (_, index) => `below${index + 1}`)
  const plain = blockSchema.parse({ version })
  const below = names.map((name, index): [string, BlockSpec] => [
    name,
    index === 0 ? { ...plain, extends: GENESIS, time: startTime } : { ...plain, extends: names[index - 1]! },
  ])
  const moved = mapValues(scenario.blocks, (block) => ({
    ...movedBlockTime(block, move),
    ...(block.extends === GENESIS && { extends: names.at(-1)! }),
  }))
  return {
    ...scenario,
    chain: movedChain(scenario.chain, chain.name, move),
    startTime: (scenario.startTime ?? timeOf(chain) + DAY_SECONDS) + move.seconds,
    blocks: { ...Object.fromEntries(below), ...moved },
    transactions: mapValues(scenario.transactions, (transaction) => movedTransaction(transaction, move)),
    steps: [
      ...Object.keys(scenario.nodes).map((node) => sending(names, node)),
      ...scenario.steps.map((step) => movedStep(step, move)),
    ],
  }
}

const DAY_SECONDS = 86_400

function sending(items: readonly string[], node: string): Step {
  return { do: 'send', items: [...items], as: 'whole', via: 'submit', to: [node] }
}

function movedStep(step: Step, move: Move): Step {
  const moved = movedScripts(step, move)
  return moved.do === 'expect' && moved.height !== undefined
    ? { ...moved, height: movedHeight(moved.height, move) }
    : moved
}
