import { edited, type Json, type Row, rowsIn, stringsIn, withRows, withString } from './json-edits.ts'

/** A vector file as it lies on disk. */
export interface VectorFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Draws a whole number from 0 to `below` - 1. */
export type Draw = (below: number) => number

/** One way in which a vector file comes to harm; undefined where a file cannot come to it. */
export type Damage = (file: VectorFile, draw: Draw) => VectorFile | undefined

/** Ten ways. */
export const DAMAGES: Readonly<Record<string, Damage>> = {
  /** One digit or letter, or one bit, is another. */
  flip: (file, draw) =>
    inForm(file, {
      json: (json) =>
        changeString(
          json,
          draw,
          (text) => /[0-9a-z]/i.test(text),
          (text) => flipCharacter(text, draw),
        ),
      lines: (lines) => changeLine(lines, draw, (line) => flipCharacter(line, draw)),
      bytes: (bytes) => changeByte(bytes, draw(bytes.length), (byte) => byte ^ (1 << draw(8))),
    }),
  /** The end is missing. */
  cut: (file, draw) => inForm(file, { bytes: (bytes) => bytes.subarray(0, placeIn(bytes, draw)) }),
  /** One row, or a piece, is missing. */
  drop: (file, draw) =>
    inForm(file, {
      json: (json) => changeRows(json, draw, (rows, at) => rows.filter((_, index) => index !== at)),
      lines: (lines) => without(lines, 1 + draw(lines.length - 1)),
      bytes: (bytes) => splice(bytes, placeIn(bytes, draw), PIECE, new Uint8Array()),
    }),
  /** The name is another. */
  rename: (file) => ({ ...file, name: 'renamed' }),
  /** Two rows, or two pieces, have changed places. */
  swap: (file, draw) =>
    inForm(file, {
      json: (json) => swapFields(json, draw),
      lines: (lines) => swapLines(lines, 1 + draw(Math.max(lines.length - 2, 1))),
      bytes: (bytes) => swapPieces(bytes, placeIn(bytes, draw)),
    }),
  /** A key or a word lacks a letter. */
  misspell: (file, draw) =>
    inForm(file, {
      json: (json) =>
        misspellKey(json, draw) ?? changeString(json, draw, isWord, (text) => text.replace(WORD, shorten)),
      lines: (lines) =>
        lines.some((line) => WORD.test(line)) ? lines.map((line) => line.replace(WORD, shorten)) : undefined,
    }),
  /** One row, or a piece, is there twice. */
  repeat: (file, draw) =>
    inForm(file, {
      json: (json) => changeRows(json, draw, (rows, at) => [...rows.slice(0, at + 1), ...rows.slice(at)]),
      lines: (lines) => insert(lines, 1 + draw(lines.length - 1), (line) => line),
      bytes: (bytes) => {
        const at = placeIn(bytes, draw)
        return splice(bytes, at, 0, bytes.subarray(at, at + PIECE))
      },
    }),
  /** Something that does not belong there stands among the rows. */
  insert: (file, draw) =>
    inForm(file, {
      json: (json) =>
        changeRows(json, draw, (rows, at) => [...rows.slice(0, at), { stray: true }, ...rows.slice(at)]),
      lines: (lines) => insert(lines, 1 + draw(lines.length - 1), () => 'a stray line'),
      bytes: (bytes) => splice(bytes, placeIn(bytes, draw), 0, new Uint8Array(7).fill(0xa5)),
    }),
  /** All rows but the first, or a piece, are blank. */
  blank: (file, draw) =>
    inForm(file, {
      json: (json) => changeRows(json, draw, () => []),
      lines: (lines) => lines.slice(0, 1),
      bytes: (bytes) => splice(bytes, placeIn(bytes, draw), PIECE, new Uint8Array(PIECE)),
    }),
  /** What is expected is something else. */
  expect: (file, draw) =>
    inForm(file, {
      json: (json) => changeExpectation(json, draw),
      lines: (lines) =>
        changeLine(lines, draw, (line) =>
          line.replace(/TRUE|FALSE/, (word) => (word === 'TRUE' ? 'FALSE' : 'TRUE')),
        ),
    }),
}

const PIECE = 40
const WORD = /[A-Z][A-Z_]{3,}/

const isWord = (text: string) => WORD.test(text)
const shorten = (word: string) => word.slice(0, 1) + word.slice(2)

interface Forms {
  readonly json?: (json: Json) => Json | undefined
  readonly lines?: (lines: readonly string[]) => readonly string[] | undefined
  readonly bytes?: (bytes: Uint8Array) => Uint8Array | undefined
}

/** A file is edited as JSON, as lines of text, or as bytes; what its form has no edit for is edited as bytes if at all. */
function inForm(file: VectorFile, { json, lines, bytes }: Forms): VectorFile | undefined {
  const text = textOf(file.bytes)
  const parsed = text === undefined ? undefined : parse(text)
  const isText = text !== undefined && parsed === undefined
  const change = () => {
    if (parsed !== undefined && (json !== undefined || bytes === undefined))
      return encode(json && edited(json(parsed)))
    if (isText && (lines !== undefined || bytes === undefined))
      return encode(lines?.(text.trimEnd().split('\n'))?.join('\n').concat('\n'))
    return bytes?.(file.bytes)
  }
  const changed = change()
  const isSame = changed !== undefined && Buffer.compare(changed, file.bytes) === 0
  return changed === undefined || isSame ? undefined : { ...file, bytes: changed }
}

function textOf(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  return /^[\t\n\r -\xff]*$/.test(text.slice(0, 4096)) && /^\s*[[{0-9a-z]/i.test(text)
    ? Buffer.from(bytes).toString('utf8')
    : undefined
}

function parse(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  return JSON.parse(text) as Json
}

function encode(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : new TextEncoder().encode(text)
}

/** Neither at the very start nor at the very end. */
function placeIn(bytes: Uint8Array, draw: Draw): number {
  return Math.floor(bytes.length / 10) + draw(Math.max(1, Math.floor(bytes.length * 0.8)))
}

function changeByte(bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? change(byte) : byte))
}

function splice(bytes: Uint8Array, at: number, removed: number, inserted: Uint8Array): Uint8Array {
  return Uint8Array.from(Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]))
}

function swapPieces(bytes: Uint8Array, at: number): Uint8Array {
  const [left, right] = [bytes.subarray(at, at + PIECE), bytes.subarray(at + PIECE, at + 2 * PIECE)]
  return splice(bytes, at, left.length + right.length, Uint8Array.from(Buffer.concat([right, left])))
}

function without<Item>(items: readonly Item[], at: number): Item[] {
  return items.filter((_, index) => index !== at)
}

function insert(lines: readonly string[], at: number, make: (line: string) => string): string[] {
  return [...lines.slice(0, at), make(lines[at] ?? ''), ...lines.slice(at)]
}

function swapLines(lines: readonly string[], at: number): string[] | undefined {
  if (lines.length < at + 2) return undefined
  return [...lines.slice(0, at), lines[at + 1]!, lines[at]!, ...lines.slice(at + 2)]
}

function changeLine(lines: readonly string[], draw: Draw, change: (line: string) => string): string[] {
  const at = lines.length === 1 ? 0 : 1 + draw(lines.length - 1)
  return lines.map((line, index) => (index === at ? change(line) : line))
}

/** Another digit for a digit, another letter for a letter. */
function flipCharacter(text: string, draw: Draw): string {
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

function changeRows(
  json: Json,
  draw: Draw,
  change: (rows: readonly Row[], at: number) => readonly Row[],
): Json | undefined {
  const rows = rowsIn(json)
  return rows.length === 0 ? undefined : withRows(json, change(rows, draw(rows.length)))
}

function changeString(
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
function swapFields(json: Json, draw: Draw): Json | undefined {
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

function misspellKey(json: Json, draw: Draw): Json | undefined {
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
function changeExpectation(json: Json, draw: Draw): Json | undefined {
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
