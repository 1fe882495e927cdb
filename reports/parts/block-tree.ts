import { type RunBlock, type RunRecord, recordsOf } from '../run-record.ts'
import { html, type Markup } from './markup.ts'
import { type NodeState, stateAt } from './run-state.ts'

const COLUMN_PX = 104
const ROW_PX = 54
const BOX_WIDTH_PX = 78
const BOX_HEIGHT_PX = 34
const BLOCKS_MAX = 400
/** Dots that fit into a block. */
const DOTS_MAX = 8

interface Place {
  readonly block: RunBlock
  readonly x: number
  readonly y: number
}

/**
 * Heights from left to right, a row per branch. Gold is the chain that stands on top at this moment (default: the end), a dot in a
 * block is a node that holds it, a tag below it a node whose tip it is.
 */
export function blockTree(
  records: readonly RunRecord[],
  atMs = Number.POSITIVE_INFINITY,
): Markup | undefined {
  const blocks = uniqueBlocks(records)
  if (blocks.length === 0) return undefined
  const genesis = recordsOf(records, 'run')[0]?.genesis
  const places = placeBlocks(blocks)
  const states = stateAt(records, atMs)
  const active = activeHashes(blocks, states)
  const refused = new Set(states.flatMap(({ refuses }) => [...refuses]))
  const width = Math.max(...[...places.values()].map((place) => place.x)) + COLUMN_PX
  const height = Math.max(...[...places.values()].map((place) => place.y)) + ROW_PX + 16
  return html`<figure class="tree"><svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="The tree of blocks">
${[...places.values()].map((place) => edge(place, places, place.block.parent === genesis))}
${[...places.values()].map((place) => box(place, states, kindOf(place.block, active, refused, atMs)))}
</svg></figure>`
}

function kindOf(
  block: RunBlock,
  active: ReadonlySet<string>,
  refused: ReadonlySet<string>,
  atMs: number,
): 'future' | 'active' | 'rejected' | 'stale' {
  if (block.at > atMs) return 'future'
  if (active.has(block.hash)) return 'active'
  return refused.has(block.hash) ? 'rejected' : 'stale'
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

function box({ block, x, y }: Place, states: readonly NodeState[], kind: string): Markup {
  const here = states.filter(({ tip }) => tip?.hash === block.hash).map(({ name }) => name)
  const holders = states.flatMap(({ name, holds }, index) => (holds.has(block.hash) ? [{ name, index }] : []))
  return html`<g class="block ${kind}" data-block="${block.name}"><title>${block.name}: height ${block.height}, ${block.transactions} transactions, ${block.hash}; held by ${holders.map(({ name }) => name).join(' ') || 'no node'}</title>
<rect x="${x}" y="${y}" width="${BOX_WIDTH_PX}" height="${BOX_HEIGHT_PX}" rx="5"/>
<text x="${x + BOX_WIDTH_PX / 2}" y="${y + BOX_HEIGHT_PX / 2 + 2}">${shorten(block.name)}</text>
${holders.slice(0, DOTS_MAX).map(({ index }, place) => html`<circle class="holder h${index % 6}" cx="${x + 9 + place * 8}" cy="${y + BOX_HEIGHT_PX - 6}" r="3"/>`)}
${here.length === 0 ? undefined : html`<text class="at" x="${x + BOX_WIDTH_PX / 2}" y="${y + BOX_HEIGHT_PX + 13}">▲ ${here.join(' ')}</text>`}</g>`
}

function shorten(name: string): string {
  return name.length > 10 ? `${name.slice(0, 9)}…` : name
}

/** The highest of the nodes' tips and everything below it; a run file may hold a circle of parents. */
function activeHashes(blocks: readonly RunBlock[], states: readonly NodeState[]): Set<string> {
  const byHash = new Map(blocks.map((block) => [block.hash, block]))
  const ends = states.flatMap(({ tip }) => byHash.get(tip?.hash ?? '') ?? [])
  let block = ends.sort((a, b) => b.height - a.height)[0]
  const active = new Set<string>()
  while (block !== undefined && !active.has(block.hash)) {
    active.add(block.hash)
    block = byHash.get(block.parent)
  }
  return active
}
