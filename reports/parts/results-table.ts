import { type CaseResult, factsOf, type SuiteResult, tallyOf } from '../results.ts'
import { html, type Markup } from './markup.ts'

const PASSES_LISTED_MAX = 300

/** A summary row per suite, its failures in full, and the rest folded away. */
export function resultsTable(suites: readonly SuiteResult[]): Markup {
  return html`<section id="results"><h2>Results</h2><table><thead><tr><th>what</th><th class="n">passed</th><th class="n">failed</th><th class="n">partial</th><th class="n">abstained</th><th class="n">seconds</th></tr></thead>
<tbody>${suites.map(summaryRow)}</tbody></table>
${suites.map(suiteDetails)}</section>`
}

function summaryRow(suite: SuiteResult): Markup {
  const counts = tallyOf(suite)
  return html`<tr class="${counts.failed > 0 ? 'bad' : 'good'}"><td><b>${suite.name}</b><br><small>${suite.about}</small></td>
<td class="n">${counts.passed}</td><td class="n">${counts.failed}</td><td class="n">${counts.partial}</td><td class="n">${counts.abstained + counts.expectedFailures}</td><td class="n">${suite.seconds?.toFixed(1)}</td></tr>`
}

function suiteDetails(suite: SuiteResult): Markup {
  const failures = suite.cases.filter(({ status }) => status === 'fail')
  const others = suite.cases.filter(({ status }) => status !== 'fail')
  const listed = others.slice(0, PASSES_LISTED_MAX)
  return html`${failures.map((failure) => failureCard(suite, failure))}
${others.length === 0 ? undefined : html`<details><summary>${suite.name}: ${others.length} that did not fail</summary><ul class="cases">${listed.map(({ id, title, status, message }) => html`<li class="${status}"><code>${id}</code> ${title === id ? undefined : title}${message === undefined ? undefined : html` <small>${message}</small>`}</li>`)}</ul>${others.length > listed.length ? html`<p class="hint">and ${others.length - listed.length} more</p>` : undefined}</details>`}`
}

/** What is shown as code: to be copied. */
const CODE: ReadonlySet<string> = new Set(['parent', 'session', 'repro'])

function failureCard(suite: SuiteResult, one: CaseResult): Markup {
  return html`<article class="failure"><h3>${suite.name}: ${one.title}</h3><p><code>${one.id}</code> ${one.message}</p>
<dl>${factsOf(one).map(([name, text]) => html`<dt>${name}</dt><dd>${CODE.has(name) ? html`<code>${text}</code>` : text}</dd>`)}</dl></article>`
}
