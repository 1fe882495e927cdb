export type JsonKind = 'string' | 'number' | 'boolean' | 'object' | 'array'

export function kindOf(value: unknown): JsonKind | 'null' {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  const type = typeof value
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object'
}

/** How Core's messages name a kind. */
export function kindName(kind: JsonKind | 'null'): string {
  return kind === 'boolean' ? 'bool' : kind
}
