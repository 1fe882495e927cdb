import { scaleLinear, scaleLog } from 'd3-scale'
import { line } from 'd3-shape'
import { visible } from '../visible.ts'

/** A value with its interval, where it has one. */
export interface PlotPoint {
  readonly x: number
  readonly y: number
  readonly low?: number
  readonly high?: number
}

export interface PlotSeries {
  readonly label: string
  /** A line is theory, points are found. */
  readonly kind: 'line' | 'points'
  readonly points: readonly PlotPoint[]
}

export interface PlotAxis {
  readonly label: string
  readonly scale: 'linear' | 'log'
}

/** Curves and points over two axes. Series of one label have one colour. */
export interface Plot {
  readonly title: string
  readonly x: PlotAxis
  readonly y: PlotAxis
  readonly series: readonly PlotSeries[]
}

const [WIDTH, HEIGHT] = [640, 400]
const MARGIN = { top: 34, right: 150, bottom: 44, left: 64 }
/** Distinguishable by people who see few colours. [Okabe and Ito 2008] */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9']
const TICKS = 6

/** The plot as one SVG that needs nothing else; on a logarithmic axis values of zero and below are left out. */
export function plotSvg({ title, x, y, series }: Plot): string {
  const points = series.flatMap((entry) => entry.points)
  const isDrawn = (point: PlotPoint) =>
    (x.scale === 'linear' || point.x > 0) && (y.scale === 'linear' || point.y > 0)
  const heights = points
    .filter(isDrawn)
    .flatMap(({ y: value, low, high }) =>
      [value, low, high].filter((bound) => bound !== undefined && (y.scale === 'linear' || bound > 0)),
    ) as number[]
  const across = scaleOf(
    x,
    points.filter(isDrawn).map((point) => point.x),
    [MARGIN.left, WIDTH - MARGIN.right],
  )
  const up = scaleOf(y, heights, [HEIGHT - MARGIN.bottom, MARGIN.top])
  const labels = [...new Set(series.map(({ label }) => label))]
  const colourOf = (label: string) => COLOURS[labels.indexOf(label) % COLOURS.length]!
  const path = line<PlotPoint>(
    (point) => across(point.x),
    (point) => up(point.y),
  )
  const drawn = series.map(({ kind, label, points: own }) =>
    kind === 'line'
      ? `<path d="${path(own.filter(isDrawn)) ?? ''}" fill="none" stroke="${colourOf(label)}" stroke-width="1.5"/>`
      : own
          .filter(isDrawn)
          .map((point) => mark(point, colourOf(label)))
          .join(''),
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="sans-serif" font-size="11">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${MARGIN.left}" y="20" font-size="14">${escaped(title)}</text>`,
    ...across.ticks(TICKS).map((tick) => tickAcross(across(tick), across.tickFormat(TICKS)(tick))),
    ...up.ticks(TICKS).map((tick) => tickUp(up(tick), up.tickFormat(TICKS)(tick))),
    `<text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${escaped(x.label)}</text>`,
    `<text transform="translate(14 ${(MARGIN.top + HEIGHT - MARGIN.bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(y.label)}</text>`,
    ...drawn,
    ...labels.map((label, row) => legend(label, row, colourOf(label))),
    '</svg>',
    '',
  ].join('\n')

  function mark({ x: at, y: value, low, high }: PlotPoint, colour: string): string {
    const dot = `<circle cx="${round(across(at))}" cy="${round(up(value))}" r="3" fill="${colour}"/>`
    if (low === undefined || high === undefined || (y.scale === 'log' && low <= 0)) return dot
    const place = round(across(at))
    return `${dot}<line x1="${place}" x2="${place}" y1="${round(up(low))}" y2="${round(up(high))}" stroke="${colour}"/>`
  }
}

function scaleOf(axis: PlotAxis, values: readonly number[], range: readonly [number, number]) {
  const domain = values.length === 0 ? [1, 2] : [Math.min(...values), Math.max(...values)]
  return (axis.scale === 'log' ? scaleLog() : scaleLinear()).domain(domain).range(range).nice()
}

const round = (pixels: number) => pixels.toFixed(1)

const tickAcross = (at: number, text: string) =>
  `<line x1="${round(at)}" x2="${round(at)}" y1="${MARGIN.top}" y2="${HEIGHT - MARGIN.bottom}" stroke="#ddd"/><text x="${round(at)}" y="${HEIGHT - MARGIN.bottom + 14}" text-anchor="middle">${text}</text>`

const tickUp = (at: number, text: string) =>
  `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${round(at)}" y2="${round(at)}" stroke="#ddd"/><text x="${MARGIN.left - 6}" y="${round(at + 4)}" text-anchor="end">${text}</text>`

const legend = (label: string, row: number, colour: string) =>
  `<circle cx="${WIDTH - MARGIN.right + 14}" cy="${MARGIN.top + 10 + 16 * row}" r="4" fill="${colour}"/><text x="${WIDTH - MARGIN.right + 24}" y="${MARGIN.top + 14 + 16 * row}">${escaped(label)}</text>`

const escaped = (text: string) =>
  visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
