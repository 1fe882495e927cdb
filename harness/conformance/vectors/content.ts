import { z } from 'zod'
import { FileError, readUnpacked, repeatedKey } from '../../files/index.ts'
import type { VectorContent } from './format.ts'

/**
 * A file's content, unpacked where it is packed (zstd, bzip2: recognised by its first bytes), and parsed where it is JSON.
 * @throws FileError also where an object of it has a key twice: one of the two would be lost
 */
export function loadContent(path: string): VectorContent {
  const bytes = readUnpacked(path)
  return { bytes, path, ...parseJson(path, bytes) }
}

/**
 * Anything that starts like a JSON list or object and is one; nothing for everything else. Core's fuzzers leave a comma
 * behind the last entry of a list, which is passed over and reported.
 */
function parseJson(path: string, bytes: Uint8Array): Pick<VectorContent, 'json' | 'notes'> {
  const start = bytes.findIndex((byte) => byte > 0x20)
  if (bytes[start] !== 0x5b && bytes[start] !== 0x7b) return {}
  const text = textOf(bytes)
  const json = parsed(path, text)
  if (json !== undefined) return { json }
  const without = parsed(path, text.replace(/,\s*\]\s*$/, ']'))
  return without === undefined
    ? {}
    : { json: without, notes: ['a comma behind the last entry is passed over'] }
}

function parsed(path: string, text: string): unknown {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const twice = repeatedKey(text)
  if (twice !== undefined) throw new FileError(`${path}: ${twice}: the key is there twice`)
  return json
}

/** The content as text. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
}

/** Hex of either case to bytes; undefined when it is no hex. */
export function bytesOfHex(text: string): Uint8Array | undefined {
  return text.length % 2 === 0 && /^[0-9a-fA-F]*$/.test(text)
    ? Uint8Array.from(Buffer.from(text, 'hex'))
    : undefined
}

/** @throws Error with one line that shows where the text begins */
export function requireBytes(hex: string): Uint8Array {
  const bytes = bytesOfHex(hex)
  if (bytes === undefined) throw new Error(`expected hex, got ${hex.slice(0, 40)}`)
  return bytes
}

/** A list of lists; empty for anything else. */
export function rowsOf(json: unknown): readonly (readonly unknown[])[] {
  return Array.isArray(json) && json.every(Array.isArray) ? json : []
}

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

export function isHex(value: unknown): value is string {
  return isText(value) && bytesOfHex(value) !== undefined
}

/** JSON of a shape that is known to the last key. @throws Error that begins with the place which differs */
export function requireShape<Shape>(schema: z.ZodType<Shape>, value: unknown): Shape {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new Error([...issue!.path.map(String), ''].join('.').replace(/\.$/, ': ') + issue!.message)
}

/** Hex of either case. */
export const hexText = z.string().refine((text) => bytesOfHex(text) !== undefined, 'expected hex')
