const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The fields of a JSON Schema that say nothing of themselves, by name. */
export function undescribedFields(schema: unknown): readonly string[] {
  const silent = new Set<string>()
  const walk = (part: unknown) => {
    if (Array.isArray(part)) part.forEach(walk)
    if (!isObject(part)) return
    const { properties } = part
    if (properties !== undefined && isObject(properties))
      for (const [name, field] of Object.entries(properties))
        if (isObject(field) && !('description' in field) && !('const' in field)) silent.add(name)
    Object.values(part).forEach(walk)
  }
  walk(schema)
  return [...silent].sort()
}
