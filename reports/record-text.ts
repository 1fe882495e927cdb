import { type RunRecord, verdictText } from './run-record.ts'

/** A record in one line, its time before it; undefined for what is drawn rather than written. */
export function recordText(record: RunRecord): string | undefined {
  if (record.type === 'run') return `${record.title} (chain ${record.chain}, nodes ${record.nodes.join(' ')})`
  const at = `${(record.at / 1000).toFixed(3).padStart(10)}s`
  switch (record.type) {
    case 'step':
      return `${at}  step ${record.index}: ${record.text}`
    case 'verdict': {
      const expected = record.expected === undefined ? '' : `  BUT expected ${verdictText(record.expected)}`
      return `${at}  ${record.node} ${record.subject} ${record.item}: ${verdictText(record.verdict)}${expected}`
    }
    case 'tip': {
      const undone = record.disconnected > 0 ? ` after taking back ${record.disconnected}` : ''
      return `${at}  ${record.node} tip ${record.item} at height ${record.height}${undone}`
    }
    case 'partition':
      return `${at}  partition ${record.groups.map((group) => group.join(' ')).join(' | ')}`
    case 'node':
      return `${at}  ${record.node} ${record.change} ${record.detail}`.trimEnd()
    case 'expectation':
      return `${at}  ${record.status.toUpperCase()} ${record.text}${
        record.status === 'fail' ? `: expected ${record.expected}, got ${record.actual}` : ''
      }`
    case 'divergence':
      return `${at}  DIVERGENCE ${record.text}: expected ${record.expected}, got ${record.actual}`
    case 'end':
      return `${at}  ${record.outcome}${record.reason === undefined ? '' : ` (${record.reason})`}, ${record.events} events, hash ${record.eventHash}`
    default:
      return undefined
  }
}
