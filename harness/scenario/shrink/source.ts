import type { Scenario, ScenarioSource } from '../format/index.ts'
import { parseScenario } from '../parse.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** The scenario as one would write it: everything that a reader of the file would fill in by itself is left out. */
export function sourceOf(scenario: Scenario): ScenarioSource {
  const source = JSON.parse(JSON.stringify(scenario)) as Json
  const meaning = JSON.stringify(parseScenario(source))
  strip(source)
  return source as unknown as ScenarioSource

  function strip(part: Json): void {
    if (Array.isArray(part)) for (const item of part) strip(item)
    else if (part !== null && typeof part === 'object')
      for (const key of Object.keys(part)) if (!dropKey(part, key)) strip(part[key]!)
  }

  /** Leaves a key out if the whole still means the same. */
  function dropKey(part: { [key: string]: Json }, key: string): boolean {
    const entries = Object.entries(part)
    delete part[key]
    if (means()) return true
    for (const other of Object.keys(part)) delete part[other]
    Object.assign(part, Object.fromEntries(entries))
    return false
  }

  function means(): boolean {
    try {
      return JSON.stringify(parseScenario(source)) === meaning
    } catch {
      return false
    }
  }
}
