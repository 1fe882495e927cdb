/** Anything that JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type Row = Json

/** What a file counts its rows by: its own entries, or those of its longest list. */
export function rowsIn(json: Json): readonly Row[] {
  if (Array.isArray(json)) return json
  return longestList(json)?.[1] ?? []
}

export function withRows(json: Json, rows: readonly Row[]): Json {
  if (Array.isArray(json)) return rows
  const [key] = longestList(json)!
  return { ...(json as object), [key]: rows } as Json
}

function longestList(json: Json): [string, readonly Json[]] | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  const lists = Object.entries(json).flatMap(([key, value]) =>
    Array.isArray(value) ? [[key, value] as [string, readonly Json[]]] : [],
  )
  return lists.sort(([, left], [, right]) => right.length - left.length)[0]
}

interface PlacedString {
  readonly path: readonly string[]
  readonly text: string
}

/** Every string, with the keys that lead to it. */
export function stringsIn(json: Json, path: readonly string[] = []): PlacedString[] {
  if (typeof json === 'string') return json.length < 4 ? [] : [{ path, text: json }]
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([key, value]) => stringsIn(value as Json, [...path, key]))
}

export function withString(json: Json, [key, ...rest]: readonly string[], text: string): Json {
  if (key === undefined) return text
  const inner = (json as { readonly [key: string]: Json })[key]!
  const changed = withString(inner, rest, text)
  if (Array.isArray(json)) return json.map((value, index) => (String(index) === key ? changed : value))
  return { ...(json as object), [key]: changed } as Json
}

/** The text of a file. */
export function edited(json: Json | undefined): string | undefined {
  return json === undefined ? undefined : `${JSON.stringify(json, undefined, 1)}\n`
}
