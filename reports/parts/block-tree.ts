import { type RunBlock, type RunRecord, recordsOf } from '../run-record.ts'
import { html, type Markup } from './markup.ts'

const COLUMN_PX = 104
const ROW_PX = 54
const BOX_WIDTH_PX = 78
const BOX_HEIGHT_PX = 30
const BLOCKS_MAX = 400

interface Place {
  readonly block: RunBlock
  readonly x: number
  readonly y: number
}

/** Heights from left to right, a row per branch; gold is the chain that ended on top, tags are the nodes' last tips. */
export function blockTree(records: readonly RunRecord[]): Markup | undefined {
  const blocks = uniqueBlocks(records)
  if (blocks.length === 0) return undefined
  const genesis = recordsOf(records, 'run')[0]?.genesis
  const places = placeBlocks(blocks)
  const tips = lastTips(records)
  const active = activeHashes(blocks, tips)
  const judged = rejectedHashes(records)
  const width = Math.max(...[...places.values()].map((place) => place.x)) + COLUMN_PX
  const height = Math.max(...[...places.values()].map((place) => place.y)) + ROW_PX + 16
  return html`<figure class="tree"><svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="The tree of blocks">
${[...places.values()].map((place) => edge(place, places, place.block.parent === genesis))}
${[...places.values()].map((place) => box(place, active, judged, tips))}
</svg></figure>`
}

function uniqueBlocks(records: readonly RunRecord[]): RunBlock[] {
  const byHash = new Map<string, RunBlock>()
  for (const block of recordsOf(records, 'block')) if (!byHash.has(block.hash)) byHash.set(block.hash, block)
  return [...byHash.values()].slice(0, BLOCKS_MAX)
}

/** The first child of a block stays in its row; every other child opens the next free row. */
function placeBlocks(blocks: readonly RunBlock[]): Map<string, Place> {
  const lowest = Math.min(...blocks.map((block) => block.height))
  const places = new Map<string, Place>()
  const continued = new Set<string>()
  let rows = 0
  for (const block of blocks) {
    const parent = places.get(block.parent)
    const staysInRow = parent !== undefined && !continued.has(block.parent)
    if (staysInRow) continued.add(block.parent)
    const y = staysInRow ? parent.y : 20 + rows++ * ROW_PX
    places.set(block.hash, { block, x: 28 + (block.height - lowest) * COLUMN_PX, y })
  }
  return places
}

function edge(place: Place, places: ReadonlyMap<string, Place>, fromGenesis: boolean): Markup | undefined {
  const parent = places.get(place.block.parent)
  const [x, y] = [place.x, place.y + BOX_HEIGHT_PX / 2]
  if (parent === undefined)
    return fromGenesis ? html`<path class="edge" d="M${x - 22} ${y}H${x}"/>` : undefined
  const [px, py] = [parent.x + BOX_WIDTH_PX, parent.y + BOX_HEIGHT_PX / 2]
  return html`<path class="edge" d="M${px} ${py}C${px + 14} ${py} ${x - 14} ${y} ${x} ${y}"/>`
}

function box(
  { block, x, y }: Place,
  active: ReadonlySet<string>,
  rejected: ReadonlySet<string>,
  tips: ReadonlyMap<string, string>,
): Markup {
  const kind = active.has(block.hash) ? 'active' : rejected.has(block.hash) ? 'rejected' : 'stale'
  const here = [...tips].filter(([, hash]) => hash === block.hash).map(([node]) => node)
  return html`<g class="block ${kind}"><title>${block.name}: height ${block.height}, ${block.transactions} transactions, ${block.hash}</title>
<rect x="${x}" y="${y}" width="${BOX_WIDTH_PX}" height="${BOX_HEIGHT_PX}" rx="5"/>
<text x="${x + BOX_WIDTH_PX / 2}" y="${y + BOX_HEIGHT_PX / 2 + 4}">${shorten(block.name)}</text>
${here.length === 0 ? undefined : html`<text class="at" x="${x + BOX_WIDTH_PX / 2}" y="${y + BOX_HEIGHT_PX + 13}">▲ ${here.join(' ')}</text>`}</g>`
}

function shorten(name: string): string {
  return name.length > 10 ? `${name.slice(0, 9)}…` : name
}

function lastTips(records: readonly RunRecord[]): Map<string, string> {
  return new Map(recordsOf(records, 'tip').map((tip) => [tip.node, tip.hash]))
}

/** The highest of the nodes' last tips and everything below it; a run file may hold a circle of parents. */
function activeHashes(blocks: readonly RunBlock[], tips: ReadonlyMap<string, string>): Set<string> {
  const byHash = new Map(blocks.map((block) => [block.hash, block]))
  const ends = [...tips.values()].flatMap((hash) => byHash.get(hash) ?? [])
  let block = ends.sort((a, b) => b.height - a.height)[0]
  const active = new Set<string>()
  while (block !== undefined && !active.has(block.hash)) {
    active.add(block.hash)
    block = byHash.get(block.parent)
  }
  return active
}

/** Blocks that somebody rejected for ever and nobody connected. */
function rejectedHashes(records: readonly RunRecord[]): Set<string> {
  const verdicts = recordsOf(records, 'verdict').filter((record) => record.subject === 'block')
  const connected = new Set(verdicts.filter((v) => v.verdict.outcome === 'connected').map((v) => v.hash))
  const rejected = verdicts.filter((v) => v.verdict.outcome === 'rejected' && v.verdict.class === 'invalid')
  return new Set(rejected.map((v) => v.hash).filter((hash) => !connected.has(hash)))
}
