import type { ChainFile } from '../ports/index.ts'
import { headerField, hexToBytes } from '../wire/index.ts'
import {
  type BlockSpec,
  blockSchema,
  type Scenario,
  type Step,
  type TransactionSpec,
} from './format/index.ts'

/** What changes when a story is transposed to another chain. */
export interface Move {
  /** Heights above this are so many blocks higher. */
  readonly aboveHeight: number
  readonly blocks: number
  /** Added to every absolute time. */
  readonly seconds: number
}

/** From here on a lock time is a time, below it a height. [Core script.h LOCKTIME_THRESHOLD] */
const LOCK_TIMES_FROM = 500_000_000
const DAY_SECONDS = 86_400

/**
 * Transposes a story to another chain, whose coinbases take longer to mature: where the story spends the coinbase of a
 * block, as many blocks as the maturities differ by come on top of the last such block of each branch, empty, the
 * target spacing apart, and they are sent right after it. Heights above, and absolute times, move along. What the story
 * expected may no longer come true there: the specification says what must.
 */
export function transpose(scenario: Scenario, from: ChainFile, to: ChainFile): Scenario {
  const longer = Math.max(0, to.limits.coinbaseMaturityBlocks - from.limits.coinbaseMaturityBlocks)
  const tops = lastSpent(scenario)
  const heights = tops.map((name) => heightOf(name, scenario))
  const fillers = new Map(tops.map((name) => [name, namesOnTopOf(name, longer)]))
  const stretchSeconds = tops.length === 0 ? 0 : longer * to.limits.targetSpacingSeconds
  const move: Move = {
    aboveHeight: Math.min(...heights),
    blocks: tops.length === 0 ? 0 : longer,
    seconds: timeOf(to) - timeOf(from) + stretchSeconds,
  }
  return {
    ...scenario,
    chain: movedChain(scenario.chain, to.name, move),
    startTime:
      scenario.startTime === undefined
        ? timeOf(to) + DAY_SECONDS + stretchSeconds
        : scenario.startTime + move.seconds,
    blocks: movedBlocks(scenario.blocks, fillers, move),
    transactions: mapValues(scenario.transactions, (transaction) => movedTransaction(transaction, move)),
    steps: movedSteps(scenario.steps, fillers, move),
  }
}

/** Blocks whose coinbase some transaction spends, with no such block above them. */
function lastSpent({ blocks, transactions }: Scenario): string[] {
  const spent = new Set(
    Object.values(transactions)
      .flatMap(({ inputs }) =>
        inputs.map(({ spends }) => (typeof spends === 'string' ? spends.split(':')[0]! : '')),
      )
      .filter((name) => Object.hasOwn(blocks, name)),
  )
  const below = new Set<string>()
  for (const name of spent) addAncestors(name, blocks, below)
  return [...spent].filter((name) => !below.has(name))
}

/** Adds all that is below a block, up to the first that is there already. */
function addAncestors(name: string, blocks: Scenario['blocks'], below: Set<string>): void {
  for (let at = parentOf(name, blocks); at !== undefined && !below.has(at); at = parentOf(at, blocks))
    below.add(at)
}

function parentOf(name: string, blocks: Scenario['blocks']): string | undefined {
  let block = blocks[name]
  // Copies of copies may form a circle, which the forge names.
  for (let left = Object.keys(blocks).length; block?.copyOf !== undefined && left > 0; left--)
    block = blocks[block.copyOf]
  return block?.extends
}

function heightOf(name: string, { blocks }: Scenario): number {
  const below = new Set<string>()
  addAncestors(name, blocks, below)
  return below.size
}

function namesOnTopOf(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}.on${index + 1}`)
}

function movedBlocks(
  blocks: Scenario['blocks'],
  fillers: ReadonlyMap<string, readonly string[]>,
  move: Move,
): Scenario['blocks'] {
  const plain = blockSchema.parse({})
  const rows = [...fillers].flatMap(([top, names]) =>
    names.map((name, index): [string, BlockSpec] => [name, { ...plain, extends: names[index - 1] ?? top }]),
  )
  const onto = (parent: string | undefined) =>
    parent === undefined ? undefined : fillers.get(parent)?.at(-1)
  const moved = mapValues(blocks, (block): BlockSpec => {
    const parent = onto(block.extends) ?? block.extends
    return { ...movedBlockTime(block, move), ...(parent === undefined ? {} : { extends: parent }) }
  })
  return { ...Object.fromEntries(rows), ...moved }
}

export function movedBlockTime(block: BlockSpec, { seconds }: Move): BlockSpec {
  return typeof block.time === 'number' ? { ...block, time: block.time + seconds } : block
}

export function movedTransaction(transaction: TransactionSpec, move: Move): TransactionSpec {
  const { lockTime } = transaction
  const moved = typeof lockTime === 'number' ? movedLockTime(lockTime, move) : lockTime
  return { ...movedScripts(transaction, move), lockTime: moved }
}

/** Numbers that scripts compare with the lock time. */
export function movedScripts<Part>(part: Part, move: Move): Part {
  const text = JSON.stringify(part).replace(
    /\b(\d+) CHECKLOCKTIMEVERIFY/g,
    (_, number) => `${movedLockTime(Number(number), move)} CHECKLOCKTIMEVERIFY`,
  )
  return JSON.parse(text)
}

function movedLockTime(lockTime: number, move: Move): number {
  return lockTime >= LOCK_TIMES_FROM ? lockTime + move.seconds : movedHeight(lockTime, move)
}

export function movedHeight(height: number, { aboveHeight, blocks }: Move): number {
  return height > aboveHeight ? height + blocks : height
}

export function movedChain(chain: Scenario['chain'], base: string, move: Move): Scenario['chain'] {
  if (typeof chain === 'string' || !('base' in chain)) return base
  // From when on scripts are judged is said by the chain that the story is transposed to.
  const { deployments, scriptsFromGenesis: _, ...rest } = chain
  if (deployments === undefined) return { ...rest, base }
  const moved = mapValues(deployments, (deployment) =>
    deployment?.kind === 'height'
      ? { ...deployment, height: movedHeight(deployment.height, move) }
      : deployment,
  )
  return { ...rest, base, deployments: moved }
}

function movedSteps(
  steps: readonly Step[],
  fillers: ReadonlyMap<string, readonly string[]>,
  move: Move,
): Step[] {
  const sent = new Set<string>()
  return steps.map((step) => {
    if (step.do === 'expect' && step.height !== undefined)
      return movedScripts({ ...step, height: movedHeight(step.height, move) }, move)
    if (step.do !== 'send') return movedScripts(step, move)
    const items = step.items.flatMap((item) => {
      const first = !sent.has(`${step.as} ${item}`)
      sent.add(`${step.as} ${item}`)
      return first ? [item, ...(fillers.get(item) ?? [])] : [item]
    })
    return { ...step, items }
  })
}

/** Unix seconds in the header of the first block. */
export function timeOf({ genesisBlock }: ChainFile): number {
  return headerField(hexToBytes(genesisBlock), 'time')
}

export function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
