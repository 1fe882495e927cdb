import { z } from 'zod'
import { html, type Markup } from './markup.ts'

/** What one run of the main job came to. */
export const historyEntrySchema = z.strictObject({
  format: z.literal('touchstone-history/1'),
  /** ISO 8601, UTC. */
  moment: z.string(),
  seed: z.number().int(),
  seconds: z.number(),
  passed: z.number().int(),
  failed: z.number().int(),
  /** Simulated networks, and events of all of them a second. */
  networks: z.number().int(),
  eventsPerSecond: z.number().int(),
})

export type HistoryEntry = Readonly<z.infer<typeof historyEntrySchema>>

const RUNS_SHOWN_MAX = 20

/** The latest runs of this folder, newest first; each leads to its page. Undefined where there is one run only. */
export function historyTable(entries: readonly HistoryEntry[]): Markup | undefined {
  if (entries.length < 2) return undefined
  const latest = entries.slice(-RUNS_SHOWN_MAX).reverse()
  return html`<section id="history"><h2>History</h2><table><thead><tr><th>run</th><th class="n">seed</th><th class="n">passed</th><th class="n">failed</th><th class="n">networks</th><th class="n">events a second</th><th class="n">seconds</th></tr></thead>
<tbody>${latest.map(row)}</tbody></table></section>`
}

function row({ moment, seed, passed, failed, networks, eventsPerSecond, seconds }: HistoryEntry): Markup {
  return html`<tr class="${failed > 0 ? 'bad' : 'good'}"><td><a href="../${folderOf(moment)}/index.html">${moment}</a></td><td class="n">${seed}</td><td class="n">${passed}</td><td class="n">${failed}</td><td class="n">${networks}</td><td class="n">${eventsPerSecond}</td><td class="n">${seconds.toFixed(0)}</td></tr>`
}

/** The folder of a run: its moment, as any file system takes it. */
export function folderOf(moment: string): string {
  return moment.replaceAll(':', '')
}
