/** A node whose books are compared. What it cannot answer it answers with undefined. */
export interface AuditedNode {
  readonly name: string
  height(): Promise<number>
  blockAt(height: number): Promise<string | undefined>
  /** Digest of all coins at the tip, and what they are worth: MuHash3072 of Core's serialization. */
  coins(): Promise<CoinReport | undefined>
  /** The trial balance at a height, in any words that are the same for the same balance. */
  bookAt(height: number): Promise<string | undefined>
}

export interface CoinReport {
  readonly height: number
  readonly digest: string
  readonly amount: string
}

const COINS = 'coins'

/** One difference between the first node and another: what, and the first height at which it shows. */
export interface Difference {
  readonly node: string
  readonly kind: 'blocks' | 'coins' | 'book'
  readonly height: number
  readonly expected: string
  readonly actual: string
}

export interface Audit {
  readonly height: number
  readonly differences: readonly Difference[]
  /** Whether the coins of every two nodes with equal blocks were compared. */
  readonly isComplete: boolean
  /** What could not be compared, a line each. */
  readonly open: readonly string[]
}

/**
 * Compares the books of all nodes with those of the first, up to the lowest tip: blocks, trial balances, coins.
 * Nobody votes: with one difference the audit says where it begins, and which chain is right is for work and rules to say.
 */
export async function audit(nodes: readonly AuditedNode[]): Promise<Audit> {
  const [first, ...others] = nodes
  if (first === undefined || others.length === 0) throw new Error('expected two nodes or more')
  const heights = await Promise.all(nodes.map((node) => node.height()))
  const height = Math.min(...heights)
  const differences: Difference[] = []
  const open: string[] = []
  for (const other of others) {
    const forked = await firstDifference(height, (at) => pair(first.blockAt(at), other.blockAt(at)))
    if (forked !== undefined) {
      differences.push({ node: other.name, kind: 'blocks', ...forked })
      continue
    }
    await compareBooks(first, other, height, differences, open)
    await compareCoins(first, other, differences, open)
  }
  const isComplete = !open.some((line) => line.startsWith(COINS))
  return { height, differences, isComplete, open }
}

async function compareBooks(
  first: AuditedNode,
  other: AuditedNode,
  height: number,
  differences: Difference[],
  open: string[],
): Promise<void> {
  const silent = (await first.bookAt(height)) === undefined ? first : undefined
  const keepsNone = silent ?? ((await other.bookAt(height)) === undefined ? other : undefined)
  if (keepsNone !== undefined) {
    open.push(`trial balances of ${first.name} and ${other.name}: ${keepsNone.name} keeps no book`)
    return
  }
  const found = await firstDifference(height, (at) => pair(first.bookAt(at), other.bookAt(at)))
  if (found !== undefined) differences.push({ node: other.name, kind: 'book', ...found })
}

async function compareCoins(
  first: AuditedNode,
  other: AuditedNode,
  differences: Difference[],
  open: string[],
): Promise<void> {
  const [ours, theirs] = await pair(first.coins(), other.coins())
  if (ours === undefined || theirs === undefined || ours.height !== theirs.height) {
    open.push(`${COINS} of ${first.name} and ${other.name}: not at the same height`)
    return
  }
  const [expected, actual] = [ours, theirs].map(({ digest, amount }) => `${digest} worth ${amount}`)
  if (expected !== actual)
    differences.push({
      node: other.name,
      kind: 'coins',
      height: ours.height,
      expected: expected!,
      actual: actual!,
    })
}

/**
 * The lowest height at which two answers differ, when they differ at `height`: a block commits to those below it, and a
 * balance carries what was booked below, so that a difference once there stays.
 */
async function firstDifference(
  height: number,
  ask: (at: number) => Promise<readonly [string | undefined, string | undefined]>,
): Promise<{ height: number; expected: string; actual: string } | undefined> {
  const differs = async (at: number) => {
    const [expected, actual] = await ask(at)
    return expected === actual ? undefined : { height: at, expected: `${expected}`, actual: `${actual}` }
  }
  let found = await differs(height)
  let same = -1
  while (found !== undefined && found.height - same > 1) {
    const middle = Math.floor((found.height + same) / 2)
    const there = await differs(middle)
    if (there === undefined) same = middle
    else found = there
  }
  return found
}

function pair<Left, Right>(left: Promise<Left>, right: Promise<Right>): Promise<[Left, Right]> {
  return Promise.all([left, right])
}
