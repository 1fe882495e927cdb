import type { RunRecord } from '../run-record.ts'
import { html, type Markup } from './markup.ts'
import { type NodeState, stateAt } from './run-state.ts'
import { timeLabel } from './time-axis.ts'

/** Where every node stands at a moment; what differs from most of them stands out. */
export function stateTable(records: readonly RunRecord[], atMs: number): Markup {
  const states = stateAt(records, atMs)
  const common = mostFrequent(states.map(tipText))
  return html`<table class="states"><caption>The nodes at ${timeLabel(atMs)}</caption><thead><tr><th>node</th><th>state</th><th>tip</th><th class="n">height</th><th class="n">blocks held</th><th class="n">refused</th></tr></thead>
<tbody>${states.map((state, index) => row(state, index, common))}</tbody></table>`
}

function row(state: NodeState, index: number, common: string): Markup {
  const isCommon = tipText(state) === common
  return html`<tr><td><i class="holder h${index % 6}"></i> <b>${state.name}</b></td><td class="${state.state === 'running' ? 'up' : 'down'}">${state.state}</td>
<td class="${isCommon ? '' : 'differs'}">${state.tip?.item ?? '–'}</td><td class="n">${state.tip?.height ?? '–'}</td><td class="n">${state.holds.size}</td><td class="n">${state.refuses.size}</td></tr>`
}

function tipText({ tip }: NodeState): string {
  return tip?.hash ?? ''
}

function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? ''
}
