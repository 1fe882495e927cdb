import {
  changeByte,
  changeExpectation,
  changeLine,
  changeRows,
  changeString,
  type Draw,
  flipCharacter,
  insert,
  misspellKey,
  PIECE,
  placeIn,
  splice,
  swapFields,
  swapLines,
  swapPieces,
  without,
} from './edits.ts'
import { edited, type Json } from './json-edits.ts'

/** A vector file as it lies on disk. */
export interface VectorFile {
  readonly name: string
  readonly bytes: Uint8Array
}

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
