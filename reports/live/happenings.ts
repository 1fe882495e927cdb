import { html, type Markup } from '../parts/markup.ts'
import { timeLabel } from '../parts/time-axis.ts'
import { recordText } from '../record-text.ts'
import type { RuleText } from '../results.ts'
import type { RunRecord } from '../run-record.ts'

const LINES_MAX = 40

/** What happened at a moment, a line each; under a verdict the rule that was broken, in its own words. */
export function happeningsAt(
  records: readonly RunRecord[],
  atMs: number,
  ruleOf: (id: string) => RuleText | undefined,
): Markup {
  const present = records.filter((record) => record.type !== 'run' && record.at === atMs)
  const lines = present.flatMap((record) => {
    const text = recordText(record)
    return text === undefined
      ? []
      : [html`<li class="${record.type}">${text.trim()}${ruleLine(record, ruleOf)}</li>`]
  })
  return html`<ul class="happenings" aria-label="What happened at ${timeLabel(atMs)}">${lines.slice(0, LINES_MAX)}${
    lines.length > LINES_MAX ? html`<li class="hint">and ${lines.length - LINES_MAX} more</li>` : undefined
  }</ul>`
}

function ruleLine(record: RunRecord, ruleOf: (id: string) => RuleText | undefined): Markup | undefined {
  if (record.type !== 'verdict') return undefined
  const rule = ruleOf(record.expected?.rule ?? record.verdict.rule ?? '')
  return rule === undefined
    ? undefined
    : html`<br><small><b>${rule.id}</b> ${rule.must} <i>${rule.sources.join('; ')}</i></small>`
}
