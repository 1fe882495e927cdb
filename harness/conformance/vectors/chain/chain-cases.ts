import { verdictText } from '../../../../reports/index.ts'
import { chainLookup } from '../../../adapters/index.ts'
import type { ChainReference, ChainSession, Engine } from '../../../ports/index.ts'
import { type BlockTransaction, type RawBlock, workOfBits } from '../../../wire/index.ts'
import { compare, type VectorCase, type VectorVerdict } from '../format.ts'
import { type BlockStatistics, COIN_OVERHEADS, statisticsOf } from './block-statistics.ts'
import { expectedCoins } from './expected-coins.ts'
import { chainFor } from './variants.ts'

interface Link {
  readonly block: RawBlock
  readonly height: number
  readonly work: bigint
}

/**
 * One case per block, in the order given, on one session: the block that brings the most work must connect, another
 * be stored, and the tip follow; then the coins. One whose parent is not there must be refused as such. Which block that is the vectors compute from the headers themselves.
 */
export function chainCases(
  chain: string,
  genesis: string,
  blocks: readonly RawBlock[],
  statistics: readonly BlockStatistics[] = [],
): VectorCase[] {
  const now = Math.max(...blocks.map(({ time }) => time))
  const session = oneSession(chainFor(chain, blocks))
  const links = new Map<string, Link>()
  let tip: Link | undefined
  const cases: VectorCase[] = []
  for (const block of blocks) {
    const parent = links.get(block.previous)
    const isGenesis = block.hash === genesis
    const isKnown = isGenesis || links.has(block.hash)
    const isOrphan = parent === undefined && block.previous !== genesis && !isGenesis
    if (isOrphan && !isKnown) {
      cases.push(orphanCase(session, block, now))
      continue
    }
    const link = {
      block,
      height: (parent?.height ?? 0) + 1,
      work: (parent?.work ?? 0n) + workOfBits(block.bits),
    }
    if (!isKnown) links.set(block.hash, link)
    const wins = !isKnown && (tip === undefined || link.work > tip.work)
    if (wins) tip = link
    const expected = isKnown ? 'duplicate' : wins ? 'connected' : 'stored'
    const tipHash = tip?.block.hash ?? genesis
    const { height } = tip ?? { height: 0 }
    cases.push({
      id: isGenesis ? `genesis ${block.hash}` : `block ${link.height} ${block.hash}`,
      run: (engine) => judgeBlock(session(engine), block, now, expected, `${tipHash} at height ${height}`),
    })
    const counted = statistics.filter((entry) => wins && entry.height === height)
    const branch = counted.length > 0 ? branchOf(tip, links) : []
    cases.push(...counted.map((entry) => statisticsCase(session, branch, entry, chain)))
  }
  const missing = statistics.find((entry) => !cases.some(({ id }) => id === statisticsId(entry)))
  if (missing !== undefined) throw new Error(`stats: expected a block at height ${missing.height}`)
  cases.push(coinsCase(session, branchOf(tip, links)))
  return cases
}

/** The same session for all cases of one engine. */
export function oneSession(chain: ChainReference): (engine: Engine) => ChainSession {
  const sessions = new Map<Engine, ChainSession>()
  return (engine) => {
    const open = sessions.get(engine) ?? engine.openChain(chain)
    sessions.set(engine, open)
    return open
  }
}

function orphanCase(session: (engine: Engine) => ChainSession, block: RawBlock, now: number): VectorCase {
  return {
    id: `block ${block.hash} without its parent`,
    run: (engine) =>
      compare(
        verdictText(session(engine).deliverBlock(block.bytes, now)),
        'rejected (missing, prev-blk-not-found)',
      ),
  }
}

function judgeBlock(
  session: ChainSession,
  block: RawBlock,
  now: number,
  expected: string,
  expectedTip: string,
): VectorVerdict {
  const outcome = compare(verdictText(session.deliverBlock(block.bytes, now)), expected)
  if (outcome !== 'pass') return outcome
  const tip = session.tip()
  return compare(`tip ${tip.hash} at height ${tip.height}`, `tip ${expectedTip}`)
}

function statisticsId({ height }: BlockStatistics): string {
  return `statistics at ${height}`
}

/** What the vectors count themselves, and what the engine reports, beside what the file says of the last block of a branch. */
function statisticsCase(
  session: (engine: Engine) => ChainSession,
  branch: readonly RawBlock[],
  expected: BlockStatistics,
  chain: string,
): VectorCase {
  return {
    id: statisticsId(expected),
    run: (engine) => {
      const differences = COIN_OVERHEADS.map((overhead) => differenceFrom(expected, branch, overhead))
      if (!differences.includes(undefined)) return { fail: differences.at(-1)! }
      const actual = session(engine)
      const facts = (medianTime: number, coins: number, subsidy: bigint | number) =>
        `median time ${medianTime}, ${coins} coins, subsidy ${subsidy}`
      return compare(
        facts(actual.medianTimePast(), actual.coinCount(), subsidyOf(chain, expected.height)),
        facts(expected.mediantime, expectedCoins(branch).count, expected.subsidy),
      )
    },
  }
}

function subsidyOf(chain: string, height: number): bigint {
  const { initialSubsidySats, halvingIntervalBlocks } = chainLookup(chain)!.limits
  return BigInt(initialSubsidySats) >> BigInt(Math.floor(height / halvingIntervalBlocks))
}

/** The first statistic of the last block of a branch in which the file differs from what the block says. */
function differenceFrom(
  expected: BlockStatistics,
  branch: readonly RawBlock[],
  overhead: number,
): string | undefined {
  const outputs = new Map<string, BlockTransaction['outputs'][number]>()
  for (const { transactions } of branch)
    for (const { txid, outputs: made } of transactions)
      for (const [index, output] of made.entries()) outputs.set(`${txid}:${index}`, output)
  const own = statisticsOf(branch.at(-1)!, (name) => outputs.get(name)!, overhead)
  const names = Object.keys(own) as (keyof typeof own)[]
  const name = names.find((each) => String(own[each]) !== String(expected[each]))
  return name && `${name}: expected ${expected[name]}, the block has ${own[name]}`
}

function coinsCase(session: (engine: Engine) => ChainSession, branch: readonly RawBlock[]): VectorCase {
  return {
    id: 'coins',
    run: (engine) => {
      const { count, digest } = expectedCoins(branch)
      const actual = session(engine)
      return compare(`${actual.coinCount()} coins ${actual.coinDigest()}`, `${count} coins ${digest}`)
    },
  }
}

function branchOf(tip: Link | undefined, links: ReadonlyMap<string, Link>): RawBlock[] {
  const branch: RawBlock[] = []
  for (let link = tip; link !== undefined; link = links.get(link.block.previous)) branch.push(link.block)
  return branch.reverse()
}
