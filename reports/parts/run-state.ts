import { type RunRecord, recordsOf } from '../run-record.ts'

/** Where a node stands at a moment of a run. */
export interface NodeState {
  readonly name: string
  /** `running`, or what stopped it: `crash`, `stop`, `wipe`, `pause`. */
  readonly state: string
  readonly tip?: { readonly item: string; readonly hash: string; readonly height: number }
  /** Hashes of the blocks that it has stored or connected. */
  readonly holds: ReadonlySet<string>
  /** Hashes of the blocks that it called invalid for ever and has not connected since. */
  readonly refuses: ReadonlySet<string>
}

const KEEPS: ReadonlySet<string> = new Set(['connected', 'stored', 'duplicate'])
const STOPS: ReadonlySet<string> = new Set(['crash', 'stop', 'wipe', 'pause'])
const STARTS: ReadonlySet<string> = new Set(['restart', 'resume'])

/** All nodes as the records show them after everything that happened until then. */
export function stateAt(records: readonly RunRecord[], atMs: number): NodeState[] {
  const nodes = recordsOf(records, 'run')[0]?.nodes ?? []
  const past = records.filter((record) => record.type === 'run' || record.at <= atMs)
  return nodes.map((name) => nodeState(name, past))
}

function nodeState(name: string, past: readonly RunRecord[]): NodeState {
  const holds = new Set<string>()
  const refuses = new Set<string>()
  let tip: NodeState['tip']
  let state = 'running'
  for (const record of past) {
    if (!('node' in record) || record.node !== name) continue
    if (record.type === 'tip') {
      tip = { item: record.item, hash: record.hash, height: record.height }
      holds.add(record.hash)
    } else if (record.type === 'node') {
      if (STOPS.has(record.change)) state = record.change
      if (STARTS.has(record.change)) state = 'running'
      if (record.change === 'wipe') {
        holds.clear()
        refuses.clear()
        tip = undefined
      }
    } else if (record.type === 'verdict' && record.subject === 'block') {
      if (KEEPS.has(record.verdict.outcome)) {
        holds.add(record.hash)
        refuses.delete(record.hash)
      } else if (record.verdict.outcome === 'rejected' && record.verdict.class === 'invalid')
        refuses.add(record.hash)
    }
  }
  return { name, state, holds, refuses, ...(tip === undefined ? {} : { tip }) }
}
