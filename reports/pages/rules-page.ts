import { htmlDocument } from '../parts/document.ts'
import { html, type Markup } from '../parts/markup.ts'

/** Everything the page of the rules shows. */
export interface RulesPageData {
  readonly subtitle: string
  readonly rules: readonly RuleEntry[]
  /** Errors of the script machine, with the number of vector cases that end in each. */
  readonly scriptErrors: readonly { readonly name: string; readonly cases: number }[]
}

/** One rule: what it says, where it comes from, where it is written, and who fires it. */
export interface RuleEntry {
  readonly id: string
  readonly reason: string
  /** How long a rejection by it holds. */
  readonly rejection: string
  readonly must: string
  readonly sources: readonly string[]
  /** The stage, then the parts that lead to it. */
  readonly path: readonly string[]
  /** The upgrade that brought it; absent: in force since genesis. */
  readonly since?: string
  readonly limits: readonly string[]
  readonly file: string
  readonly code: string
  readonly testFile?: string
  readonly scenarios: { readonly kept: readonly string[]; readonly broken: readonly string[] }
  /** Vector files with the number of cases in which it was kept and broken. */
  readonly vectors: readonly { readonly file: string; readonly kept: number; readonly broken: number }[]
}

/** One self-contained HTML page with a section for each rule, in checking order. */
export function rulesPage({ subtitle, rules, scriptErrors }: RulesPageData): string {
  const stages = [...new Set(rules.map(stageOf))]
  const body = html`<h1>The rules</h1><p class="sub">${subtitle}</p>
<nav class="rules">${stages.map((stage) => html`<p><b>${stage}</b> ${rules.filter((rule) => stageOf(rule) === stage).map(({ id }) => html`<a href="#${id}">${id}</a> `)}</p>`)}</nav>
${stages.map((stage) => html`<h2>${stage}</h2>${rules.filter((rule) => stageOf(rule) === stage).map(ruleSection)}`)}
${scriptErrors.length === 0 ? undefined : errorTable(scriptErrors)}`
  return htmlDocument('The rules', body, { style: RULES_STYLE })
}

/** Beyond the look of every page. */
const RULES_STYLE = `nav.rules p{margin:4px 0}nav.rules a{white-space:nowrap}section.rule{background:var(--slab);border:1px solid var(--line);border-radius:8px;padding:14px 18px;margin:14px 0}section.rule dl{grid-template-columns:110px 1fr}pre{overflow-x:auto;margin:8px 0;font:12.5px/1.45 ui-monospace,monospace}`

function stageOf({ path }: RuleEntry): string {
  return path[0] ?? ''
}

function ruleSection(rule: RuleEntry): Markup {
  const { id, must, path, limits, file, code, testFile, scenarios, vectors } = rule
  return html`<section class="rule" id="${id}"><h3>${id}</h3><p>${must}</p>
<dl><dt>source</dt><dd>${rule.sources.join('; ')}</dd><dt>since</dt><dd>${rule.since ?? 'genesis'}</dd>
<dt>asked of</dt><dd>${path.join(', each ')}</dd>
<dt>reason</dt><dd><code>${rule.reason}</code>, ${rule.rejection}</dd>
${limits.length === 0 ? undefined : html`<dt>limits</dt><dd><code>${limits.join(' ')}</code></dd>`}
<dt>broken by</dt><dd>${names(scenarios.broken, testFile)}</dd>
<dt>kept by</dt><dd>${names(scenarios.kept, testFile)}</dd>
${vectors.length === 0 ? undefined : html`<dt>vectors</dt><dd>${vectors.map(({ file: vector, kept, broken }) => html`${vector}: kept in ${kept} cases, broken in ${broken}<br>`)}</dd>`}
<dt>tests</dt><dd>${testFile === undefined ? 'none' : html`<code>${testFile}</code>`}</dd></dl>
<details><summary>${file}</summary><pre>${code}</pre></details></section>
`
}

const NAMES_SHOWN = 12

/** The names, the first of them in sight; where there are none, the unit test is what fires the rule. */
function names(all: readonly string[], testFile: string | undefined): Markup {
  if (all.length === 0) return html`no scenario; ${testFile ?? 'nothing'}`
  if (all.length <= NAMES_SHOWN) return html`${all.join(', ')}`
  return html`<details><summary>${all.length} scenarios</summary>${all.join(', ')}</details>`
}

function errorTable(errors: RulesPageData['scriptErrors']): Markup {
  return html`<h2>Errors of the script machine</h2><p class="hint">Each is fired and spared by name in spec/script/errors.test.ts; the table counts the public vectors that end in it.</p>
<table><tr><th>error</th><th class="n">vectors</th></tr>${errors.map(({ name, cases }) => html`<tr><td><code>${name}</code></td><td class="n">${cases}</td></tr>`)}</table>`
}
