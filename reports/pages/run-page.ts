import { blockTree } from '../parts/block-tree.ts'
import { disputedCoins } from '../parts/disputed-coins.ts'
import { embeddedJson, htmlDocument } from '../parts/document.ts'
import { html, type Markup } from '../parts/markup.ts'
import { resultsTable } from '../parts/results-table.ts'
import { stateTable } from '../parts/state-table.ts'
import { swimLane } from '../parts/swim-lane.ts'
import { timeLabel } from '../parts/time-axis.ts'
import { type SuiteResult, tallyOf } from '../results.ts'
import { type RunDivergence, type RunRecord, recordsOf } from '../run-record.ts'

/** Everything a page shows; times and seeds come from its maker. */
export interface PageData {
  readonly title: string
  /** One line under the title: when, which command, which seed. */
  readonly subtitle: string
  readonly figures: readonly { readonly label: string; readonly value: string }[]
  readonly suites: readonly SuiteResult[]
  readonly runs: readonly (readonly RunRecord[])[]
  /** The script that brings runs to life (dist/run-page.browser.js); without it the page stands still. */
  readonly script?: string
}

/** One self-contained HTML page: verdict, figures, results, and each run with its lanes and its tree of blocks. */
export function htmlPage(data: PageData): string {
  return htmlDocument(
    data.title,
    html`<h1>${data.title}</h1><p class="sub">${data.subtitle}</p>
${badge(data)}
${data.figures.length === 0 ? undefined : html`<div class="figures">${data.figures.map(({ label, value }) => html`<div><b>${value}</b><span>${label}</span></div>`)}</div>`}
${data.suites.length === 0 ? undefined : resultsTable(data.suites)}
${data.runs.map(runSection)}
${data.script === undefined ? undefined : embeddedJson('runs', data.runs)}`,
    data.script === undefined ? {} : { script: data.script },
  )
}

function badge(data: PageData): Markup {
  const failed = data.suites.reduce((sum, suite) => sum + tallyOf(suite).failed, 0)
  const outcomes = data.runs.flatMap((run) => recordsOf(run, 'end').map((end) => end.outcome))
  const outcome =
    failed > 0 || outcomes.includes('fail')
      ? 'fail'
      : (outcomes.find((outcome) => outcome === 'unknown' || outcome === 'vacuous') ?? 'pass')
  return html`<span class="badge ${outcome}">${outcome}${failed > 0 ? `: ${failed} failed` : ''}</span>`
}

function runSection(records: readonly RunRecord[], index: number): Markup {
  const start = recordsOf(records, 'run')[0]
  const end = recordsOf(records, 'end')[0]
  const divergence = recordsOf(records, 'divergence')[0]
  const coins = disputedCoins(records, end?.at ?? Number.POSITIVE_INFINITY)
  const lanes = recordsOf(records, 'message').length > 0 || recordsOf(records, 'verdict').length > 0
  return html`<section id="run${index}"><h2>${start?.title ?? 'Run'}</h2>
<p class="sub">chain ${start?.chain}, ${start?.nodes.length} nodes${start?.faults === undefined ? '' : `; faults drawn: ${start.faults.join(', ') || 'none'}`}${end === undefined ? '' : `; ${end.outcome} after ${end.events} events in ${timeLabel(end.at)} of virtual time; event hash ${end.eventHash}`}</p>
${divergence === undefined ? undefined : divergenceCard(divergence)}
${failedExpectations(records)}
<div class="time" data-part="timeline"></div><div data-part="happenings"></div>
<div data-part="continue"></div>
<h3>Blocks</h3><div data-part="tree">${blockTree(records)}</div>
<div data-part="states">${stateTable(records, divergence?.at ?? end?.at ?? 0)}</div>
<div data-part="coins">${coins}</div>
${lanes ? html`<h3>Messages and verdicts</h3><div data-part="lanes">${swimLane(records, String(index))}</div>` : undefined}
${end === undefined || end.marks.length === 0 ? undefined : html`<p class="hint">marks: ${end.marks.join(', ')}</p>`}</section>`
}

function divergenceCard(divergence: RunDivergence): Markup {
  return html`<article class="failure"><h3>First divergence: ${divergence.text}</h3>
<dl><dt>when</dt><dd>${timeLabel(divergence.at)}, event ${divergence.event}</dd><dt>seen by</dt><dd>${divergence.oracle}</dd>
${divergence.node === undefined ? undefined : html`<dt>node</dt><dd>${divergence.node}</dd>`}${divergence.item === undefined ? undefined : html`<dt>item</dt><dd>${divergence.item}</dd>`}
<dt>expected</dt><dd>${divergence.expected}</dd><dt>actual</dt><dd>${divergence.actual}</dd></dl></article>`
}

function failedExpectations(records: readonly RunRecord[]): readonly Markup[] {
  return recordsOf(records, 'expectation')
    .filter((record) => record.status === 'fail')
    .map(
      (record) =>
        html`<article class="failure"><h3>Step ${record.step}: ${record.text}</h3><dl><dt>expected</dt><dd>${record.expected}</dd><dt>actual</dt><dd>${record.actual}</dd></dl></article>`,
    )
}
