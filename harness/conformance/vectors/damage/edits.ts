import { type Json, type Row, rowsIn, stringsIn, withRows, withString } from './json-edits.ts'

/** Draws a whole number from 0 to `below` - 1. */
export type Draw = (below: number) => number

/** How many bytes are lost, moved or blanked. */
export const PIECE = 40

/** Neither at the very start nor at the very end. */
export function placeIn(bytes: Uint8Array, draw: Draw): number {
  return Math.floor(bytes.length / 10) + draw(Math.max(1, Math.floor(bytes.length * 0.8)))
}

export function changeByte(bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? change(byte) : byte))
}

export function splice(bytes: Uint8Array, at: number, removed: number, inserted: Uint8Array): Uint8Array {
  return Uint8Array.from(Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]))
}

export function swapPieces(bytes: Uint8Array, at: number): Uint8Array {
  const [left, right] = [bytes.subarray(at, at + PIECE), bytes.subarray(at + PIECE, at + 2 * PIECE)]
  return splice(bytes, at, left.length + right.length, Uint8Array.from(Buffer.concat([right, left])))
}

export function without<Item>(items: readonly Item[], at: number): Item[] {
  return items.filter((_, index) => index !== at)
}

export function insert(lines: readonly string[], at: number, make: (line: string) => string): string[] {
  return [...lines.slice(0, at), make(lines[at] ?? ''), ...lines.slice(at)]
}

export function swapLines(lines: readonly string[], at: number): string[] | undefined {
  if (lines.length < at + 2) return undefined
  return [...lines.slice(0, at), lines[at + 1]!, lines[at]!, ...lines.slice(at + 2)]
}

export function changeLine(lines: readonly string[], draw: Draw, change: (line: string) => string): string[] {
  const at = lines.length === 1 ? 0 : 1 + draw(lines.length - 1)
  return lines.map((line, index) => (index === at ? change(line) : line))
}

/** Another digit for a digit, another letter for a letter. */
export function flipCharacter(text: string, draw: Draw): string {
  const places = [...text].flatMap((character, index) => (/[0-9a-z]/i.test(character) ? [index] : []))
  const at = places[draw(places.length)]!
  const [old] = text.slice(at)
  const alphabet = /[0-9]/.test(old!)
    ? '0123456789'
    : /[a-f]/.test(old!)
      ? 'abcdef'
      : /[a-z]/.test(old!)
        ? 'ghijkmnpqr'
        : 'ABCDEFGHJK'
  const others = [...alphabet].filter((character) => character !== old)
  return text.slice(0, at) + others[draw(others.length)]! + text.slice(at + 1)
}

export function changeRows(
  json: Json,
  draw: Draw,
  change: (rows: readonly Row[], at: number) => readonly Row[],
): Json | undefined {
  const rows = rowsIn(json)
  return rows.length === 0 ? undefined : withRows(json, change(rows, draw(rows.length)))
}

export function changeString(
  json: Json,
  draw: Draw,
  isWanted: (text: string) => boolean,
  change: (text: string) => string,
): Json | undefined {
  const strings = stringsIn(json).filter(({ text }) => isWanted(text))
  if (strings.length === 0) return undefined
  const { path, text } = strings[draw(strings.length)]!
  return withString(json, path, change(text))
}

/** Two neighbouring fields of one row, of the same kind and unlike. */
export function swapFields(json: Json, draw: Draw): Json | undefined {
  const rows = rowsIn(json)
  const swapped = rows.flatMap((row, index) => {
    if (typeof row !== 'object' || row === null) return []
    const entries = Object.entries(row)
    const at = entries.findIndex(([, value], place) => {
      const next = entries[place + 1]?.[1]
      return typeof value === typeof next && JSON.stringify(value) !== JSON.stringify(next)
    })
    if (at < 0) return []
    const [left, right] = [entries[at]!, entries[at + 1]!]
    const changed = Object.fromEntries([...entries, [left[0], right[1]], [right[0], left[1]]])
    return [{ index, row: (Array.isArray(row) ? row.map((_, place) => changed[place]!) : changed) as Row }]
  })
  if (swapped.length === 0) {
    if (rows.length < 2) return undefined
    return withRows(json, [rows[1]!, rows[0]!, ...rows.slice(2)])
  }
  const { index, row } = swapped[draw(swapped.length)]!
  return withRows(
    json,
    rows.map((old, at) => (at === index ? row : old)),
  )
}

export function misspellKey(json: Json, draw: Draw): Json | undefined {
  const rows = rowsIn(json)
  const places = rows.flatMap((row, index) =>
    typeof row === 'object' && row !== null && !Array.isArray(row) ? [index] : [],
  )
  if (places.length === 0) return undefined
  const at = places[draw(places.length)]!
  const entries = Object.entries(rows[at] as object)
  const key = draw(entries.length)
  const row = Object.fromEntries(
    entries.map(([name, value], index) => [index === key ? `${name}x` : name, value]),
  )
  return withRows(
    json,
    rows.map((old, index) => (index === at ? (row as Row) : old)),
  )
}

/** A truth value inverted, the name of an outcome replaced, the last digit of a hash, or the last number made one more. */
export function changeExpectation(json: Json, draw: Draw): Json | undefined {
  const rows = rowsIn(json)
  const changed = rows.flatMap((row, index) => {
    const other = otherExpectation(row)
    return other === undefined ? [] : [{ index, other }]
  })
  if (changed.length === 0) return undefined
  const { index, other } = changed[draw(changed.length)]!
  return withRows(
    json,
    rows.map((old, at) => (at === index ? other : old)),
  )
}

function otherExpectation(row: Row): Row | undefined {
  if (typeof row !== 'object' || row === null || Object.keys(row).length < 2) return undefined
  const entries = Object.entries(row)
  const found = [...entries].reverse().flatMap(([key, value]): [string, unknown][] => {
    if (typeof value === 'boolean') return [[key, !value]]
    if (typeof value === 'number') return [[key, value + 1]]
    if (typeof value !== 'string') return []
    if (/^[A-Z_]{2,}$/.test(value)) return [[key, value === 'OK' ? 'EVAL_FALSE' : 'OK']]
    if (/^[0-9a-f]{16,}$/.test(value)) return [[key, value.slice(0, -1) + (value.endsWith('0') ? '1' : '0')]]
    return []
  })
  if (found.length === 0) return undefined
  const [key, value] = found[0]!
  const changed = { ...row, [key]: value }
  return (Array.isArray(row) ? Object.values(changed) : changed) as Row
}
