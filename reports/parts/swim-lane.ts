import { type RunMessage, type RunRecord, recordsOf, verdictText } from '../run-record.ts'
import { html, type Markup, raw } from './markup.ts'
import { createSlots, type TimeAxis, timeAxis, timeLabel } from './time-axis.ts'

const LEFT_PX = 128
const LANE_PX = 190
const MESSAGES_MAX = 600
/** Dots stand closer than messages. */
const VERDICT_SLOT = 0.5

/** Messages that keep a connection alive rather than carry the chain; drawn faintly, and hidden at a click. */
const QUIET_COMMANDS = new Set([
  'version',
  'verack',
  'ping',
  'pong',
  'sendheaders',
  'sendcmpct',
  'wtxidrelay',
  'sendaddrv2',
  'feefilter',
  'getaddr',
  'addr',
  'addrv2',
])

type RecordOf<Type extends RunRecord['type']> = Extract<RunRecord, { type: Type }>

/** A message with its place among those that leave, and arrive, between the same two nodes at the same time. */
interface PlacedMessage {
  readonly message: RunMessage
  readonly leaving: number
  readonly arriving: number
}

interface Drawing {
  readonly axis: TimeAxis
  readonly messages: readonly PlacedMessage[]
  readonly lanes: ReadonlyMap<string, number>
  readonly right: number
}

/** One lane per node, time downwards, an arrow per message; bands are partitions, the red line the first divergence. */
export function swimLane(all: readonly RunRecord[], id: string): Markup {
  const records = windowOf(all)
  const drawing = layOut(records)
  const width = drawing.right + 40
  const shown = recordsOf(records, 'message').length
  const total = recordsOf(all, 'message').length
  return html`<figure class="lanes">
<input type="checkbox" class="hide-quiet" id="quiet-${id}" checked><label for="quiet-${id}">hide handshakes and pings</label>
${shown < total ? html`<p class="hint">${shown} of ${total} messages are drawn: those before the end that matters.</p>` : undefined}
<svg viewBox="0 0 ${width} ${drawing.axis.height}" width="${width}" height="${drawing.axis.height}" role="img" aria-label="Messages between the nodes">
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" class="arrowhead"/></marker></defs>
${recordsOf(records, 'partition').map((band) => partitionBand(band, drawing))}
${drawing.axis.labels.map(({ at, y }) => html`<text class="time" x="10" y="${y + 4}">${timeLabel(at)}</text>`)}
${[...drawing.lanes].map(([node, x]) => lane(node, x, records, drawing))}
${drawing.messages.map((placed) => arrow(placed, drawing))}
${placeVerdicts(recordsOf(records, 'verdict')).map(({ record, slot }) => verdictDot(record, slot, drawing))}
${lastTipsOfMoments(records).map((record) => tipLabel(record, drawing))}
${recordsOf(records, 'divergence').map((record) => divergenceLine(record, drawing))}
</svg></figure>`
}

/** Long runs are cut to the messages before the first divergence, or to the first ones where there is none. */
function windowOf(all: readonly RunRecord[]): readonly RunRecord[] {
  const messages = recordsOf(all, 'message')
  if (messages.length <= MESSAGES_MAX) return all
  const divergence = recordsOf(all, 'divergence')[0]
  const end =
    divergence === undefined ? MESSAGES_MAX : messages.findLastIndex((m) => m.at <= divergence.at) + 1
  const first = Math.max(0, end - MESSAGES_MAX)
  const from = first === 0 ? 0 : messages[first]!.at
  const until = divergence?.at ?? messages[Math.min(end, messages.length) - 1]!.at
  return all.filter(
    (record) =>
      record.type === 'run' || record.type === 'partition' || (record.at >= from && record.at <= until),
  )
}

function layOut(records: readonly RunRecord[]): Drawing {
  const messages = placeMessages(recordsOf(records, 'message'))
  const named = recordsOf(records, 'run')[0]?.nodes ?? []
  // Scripted peers are no nodes of the run, yet they speak.
  const speakers = recordsOf(records, 'message').flatMap((message) => [message.from, message.to])
  const names = [...new Set([...named, ...speakers])]
  const lanes = new Map(names.map((node, index) => [node, LEFT_PX + 40 + index * LANE_PX] as const))
  return {
    axis: timeAxis(records, slotsUsed(messages, records)),
    messages,
    lanes,
    right: LEFT_PX + 40 + Math.max(names.length - 1, 0) * LANE_PX + 110,
  }
}

/** Quiet messages, hidden at first, take no room from the others. */
function placeMessages(messages: readonly RunMessage[]): PlacedMessage[] {
  const leave = createSlots()
  const arrive = createSlots()
  return messages.map((message) => {
    const pair = `${QUIET_COMMANDS.has(message.command)} ${[message.from, message.to].sort().join(' ')}`
    const arriving = message.arrivesAt === undefined ? 0 : arrive(pair, message.arrivesAt)
    return { message, leaving: leave(pair, message.at), arriving }
  })
}

/** How many places each time needs. */
function slotsUsed(messages: readonly PlacedMessage[], records: readonly RunRecord[]): Map<number, number> {
  const used = new Map<number, number>()
  const need = (at: number, slots: number) => used.set(at, Math.max(used.get(at) ?? 1, slots))
  for (const { message, leaving, arriving } of messages) {
    if (QUIET_COMMANDS.has(message.command)) continue
    need(message.at, leaving + 1)
    if (message.arrivesAt !== undefined) need(message.arrivesAt, arriving + 1)
  }
  const slots = createSlots()
  for (const tip of lastTipsOfMoments(records)) need(tip.at, slots(tip.node, tip.at) + 1)
  return used
}

/** A node that connects many blocks at one time is shown with the last of them. */
function lastTipsOfMoments(records: readonly RunRecord[]): RecordOf<'tip'>[] {
  const last = new Map<string, RecordOf<'tip'>>()
  for (const tip of recordsOf(records, 'tip')) {
    const key = `${tip.at} ${tip.node}`
    const disconnected = Math.max(tip.disconnected, last.get(key)?.disconnected ?? 0)
    last.set(key, { ...tip, disconnected })
  }
  return [...last.values()]
}

function lane(node: string, x: number, records: readonly RunRecord[], { axis }: Drawing): Markup {
  const changes = recordsOf(records, 'node').filter((record) => record.node === node)
  return html`<g class="lane"><text class="name" x="${x}" y="30">${node}</text>
<line x1="${x}" x2="${x}" y1="42" y2="${axis.height - 12}"/>
${outages(changes).map(({ from, to }) => html`<line class="down" x1="${x}" x2="${x}" y1="${axis.y(from)}" y2="${to === undefined ? axis.height - 12 : axis.y(to)}"/>`)}
${changes.map((change) => html`<text class="change ${change.change}" x="${x + 10}" y="${axis.y(change.at) + 4}">${change.change} ${change.detail}</text>`)}</g>`
}

const DOWN: ReadonlySet<string> = new Set(['crash', 'stop', 'wipe', 'pause'])

/** From whatever brought a node down to the restart or resume that follows. */
function outages(changes: readonly RecordOf<'node'>[]): { from: number; to: number | undefined }[] {
  const starts = changes.filter(({ change }) => DOWN.has(change))
  return starts.map((start) => ({
    from: start.at,
    to: changes.find(({ at, change }) => at >= start.at && (change === 'restart' || change === 'resume'))?.at,
  }))
}

function arrow({ message, leaving, arriving }: PlacedMessage, { axis, lanes }: Drawing): Markup | undefined {
  const [x1, x2] = [lanes.get(message.from), lanes.get(message.to)]
  if (x1 === undefined || x2 === undefined) return undefined
  const arrives = message.arrivesAt
  const y1 = axis.y(message.at, leaving)
  const y2 = arrives === undefined ? y1 + 8 : axis.y(arrives, arriving)
  // A message that never arrives ends in a cross on its way.
  const endX = arrives === undefined ? x1 + (x2 - x1) * 0.45 : x2
  const items = message.items ?? []
  const label = `${message.command}${items.length === 0 ? '' : ` ${items.slice(0, 2).join(' ')}${items.length > 2 ? ' …' : ''}`}`
  const text = `${message.command} ${message.from} → ${message.to}, ${message.bytes} bytes, ${message.fate}${
    items.length === 0 ? '' : `: ${items.join(' ')}`
  }`
  const kind = QUIET_COMMANDS.has(message.command) ? 'quiet' : 'loud'
  return html`<g class="message ${kind} ${message.fate}"><title>${text}</title>
<line x1="${x1}" y1="${y1}" x2="${endX}" y2="${y2}" ${arrives === undefined ? undefined : ARROWHEAD}/>
${arrives === undefined ? html`<text class="lost" x="${endX}" y="${y2 + 4}">✕</text>` : undefined}
<text x="${x1 + (x2 - x1) * 0.3}" y="${y1 + (y2 - y1) * 0.3 - 3}">${label}</text></g>`
}

const ARROWHEAD = raw('marker-end="url(#arrow)"')

/** Verdicts of one node at one time stand below each other. */
function placeVerdicts(verdicts: readonly RecordOf<'verdict'>[]) {
  const slots = createSlots()
  return verdicts.map((record) => ({ record, slot: slots(record.node, record.at) }))
}

function verdictDot(record: RecordOf<'verdict'>, slot: number, { axis, lanes }: Drawing): Markup | undefined {
  const x = lanes.get(record.node)
  if (x === undefined) return undefined
  const wrong =
    record.expected === undefined ? '' : `; the specification says ${verdictText(record.expected)}`
  return html`<circle class="verdict ${record.verdict.outcome} ${wrong === '' ? '' : 'wrong'}" cx="${x}" cy="${axis.y(record.at, slot * VERDICT_SLOT)}" r="4"><title>${record.subject} ${record.item}: ${verdictText(record.verdict)}${wrong}</title></circle>`
}

function tipLabel(record: RecordOf<'tip'>, { axis, lanes }: Drawing): Markup | undefined {
  const x = lanes.get(record.node)
  if (x === undefined) return undefined
  const undone = record.disconnected > 0 ? ` ⟲${record.disconnected}` : ''
  return html`<text class="tip ${undone === '' ? '' : 'reorg'}" x="${x - 9}" y="${axis.y(record.at) + 4}">${record.item}${undone}<title>tip ${record.item} at height ${record.height}, ${record.disconnected} taken back</title></text>`
}

function partitionBand(band: RecordOf<'partition'>, { axis, lanes }: Drawing): Markup {
  const top = axis.y(band.at)
  const bottom = axis.y(band.untilMs)
  return html`<g class="partition"><title>partition: ${band.groups.map((group) => group.join(' ')).join(' | ')}</title>
${band.groups.map((group, index) => {
  const places = group.flatMap((node) => lanes.get(node) ?? [])
  return places.map(
    (x) =>
      html`<rect class="group${index % 4}" x="${x - LANE_PX / 2 + 4}" y="${top}" width="${LANE_PX - 8}" height="${Math.max(bottom - top, 3)}" rx="6"/>`,
  )
})}<text x="10" y="${top - 8}">partition</text></g>`
}

function divergenceLine(record: RecordOf<'divergence'>, { axis, right }: Drawing): Markup {
  const y = axis.y(record.at)
  return html`<g class="divergence"><line x1="${LEFT_PX - 60}" x2="${right + 20}" y1="${y}" y2="${y}"/><text x="${right + 20}" y="${y - 5}">first divergence: ${record.oracle}</text></g>`
}
